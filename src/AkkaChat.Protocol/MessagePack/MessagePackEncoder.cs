using System.Text;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Protocol.MessagePack;

/// <summary>
/// What a server sends to clients with <c>socket.io-msgpack-parser</c> 3: one binary message per packet, attachments
/// in their places.
/// </summary>
/// <remarks>
/// <code>{"type":2,"nsp":"/","data":["a",1],"id":17}       data and id only if there are any; types 0 to 4</code>
/// </remarks>
internal static class MessagePackEncoder
{
    private const int FirstSize = 256;

    public static WirePacket Connect(string nsp, string? sid)
    {
        if (sid is null)
        {
            return Encode(SocketPacketType.Connect, nsp, [], [], ackId: null);
        }

        var output = new PooledBuffer(FirstSize);
        try
        {
            WriteStart(ref output, SocketPacketType.Connect, nsp, members: 3);
            MessagePackWriter.WriteString(ref output, "data"u8);
            MessagePackWriter.WriteMapHead(ref output, 1);
            MessagePackWriter.WriteString(ref output, "sid"u8);
            WriteText(ref output, sid);
            return Packet(output);
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <param name="type">Connect to Disconnect; of binary packets the plain type.</param>
    /// <param name="nsp">The namespace.</param>
    /// <param name="json">The payload, or empty.</param>
    /// <param name="attachments">What the placeholders in it stand for.</param>
    /// <param name="ackId">The number of an ack, or of an event that wants one.</param>
    public static WirePacket Encode(
        SocketPacketType type,
        string nsp,
        ReadOnlySpan<byte> json,
        IReadOnlyList<ReadOnlyMemory<byte>> attachments,
        long? ackId)
    {
        var output = new PooledBuffer(Math.Max(FirstSize, json.Length));
        try
        {
            WriteStart(ref output, type, nsp, members: 2 + (json.IsEmpty ? 0 : 1) + (ackId is null ? 0 : 1));
            if (!json.IsEmpty)
            {
                MessagePackWriter.WriteString(ref output, "data"u8);
                JsonToMessagePack.Write(ref output, json, attachments);
            }

            if (ackId is { } id)
            {
                MessagePackWriter.WriteString(ref output, "id"u8);
                MessagePackWriter.WriteInteger(ref output, id);
            }

            return Packet(output);
        }
        finally
        {
            output.Dispose();
        }
    }

    private static WirePacket Packet(in PooledBuffer output) => WirePacket.Of(WireMessage.Binary(output.ToArray()));

    private static void WriteStart(ref PooledBuffer output, SocketPacketType type, string nsp, int members)
    {
        MessagePackWriter.WriteMapHead(ref output, members);
        MessagePackWriter.WriteString(ref output, "type"u8);
        MessagePackWriter.WriteInteger(ref output, (long)type);
        MessagePackWriter.WriteString(ref output, "nsp"u8);
        WriteText(ref output, nsp);
    }

    private static void WriteText(ref PooledBuffer output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        MessagePackWriter.WriteStringHead(ref output, length);
        Encoding.UTF8.GetBytes(text, output.Space(length));
        output.Advance(length);
    }
}
