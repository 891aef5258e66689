using System.Buffers;
using System.Text;

namespace AkkaChat.Protocol.Tests.Support;

/// <summary>Text to bytes and back, so that tests read as the wire does.</summary>
internal static class Wire
{
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The messages of a packet: texts as they are, binary ones as "b" and base64.</summary>
    public static string[] Messages(WirePacket packet)
    {
        var messages = new List<string>();
        foreach (var message in packet.Messages)
        {
            messages.Add(Polling(message));
        }

        return [.. messages];
    }

    public static string Polling(WireMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        message.WritePolling(output);
        return Text(output.WrittenMemory);
    }
}
