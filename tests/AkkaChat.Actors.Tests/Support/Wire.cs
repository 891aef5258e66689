using System.Text;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Tests.Support;

/// <summary>Packets as texts, so that tests read as the wire does: binary is <c>b:</c> and hexadecimal digits.</summary>
internal static class Wire
{
    public static string[] Read(WirePacket packet)
    {
        var messages = new List<string>();
        foreach (var message in packet.Messages)
        {
            messages.Add(message.IsBinary
                ? "b:" + Convert.ToHexStringLower(message.Data.Span)
                : Encoding.UTF8.GetString(message.Data.Span));
        }

        return [.. messages];
    }

    public static string[] Read(IEnumerable<WirePacket> packets) => [.. packets.SelectMany(Read)];

    public static WirePacket Pack(string text) => EnginePacketCodec.EncodeMessage(text);

    /// <summary>A packet of that many bytes.</summary>
    public static WirePacket PackBytes(int size) => EnginePacketCodec.EncodeBinary(new byte[size]);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
