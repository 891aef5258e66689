using System.Buffers.Text;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>What Engine.IO 3 has different in a packet: a binary message has its type before it.</summary>
/// <remarks>
/// <code>
/// text     as in Engine.IO 4           4hello
/// binary   byte 04, then the bytes     04 01 02 03
/// base64   b4, then the base64         b4AQID
/// </code>
/// </remarks>
internal static class LegacyPacketCodec
{
    /// <summary>What comes before the bytes of a binary message.</summary>
    public const byte BinaryPrefix = 4;

    private static ReadOnlySpan<byte> Base64Prefix => "b4"u8;

    /// <summary>Decodes a text message, which may be a binary one in base64.</summary>
    public static bool TryDecodeText(ReadOnlyMemory<byte> text, out EnginePacket packet, out ProtocolError error) =>
        text.Span.StartsWith(Base64Prefix)
            ? Base64Packet.TryDecode(text.Span[Base64Prefix.Length..], out packet, out error)
            : EnginePacketCodec.TryDecodeText(text, out packet, out error);

    /// <summary>Decodes a binary message. The packet's data is a slice of it, not a copy.</summary>
    public static bool TryDecodeBinary(ReadOnlyMemory<byte> data, out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        error = default;
        if (data.Span is not [BinaryPrefix, ..])
        {
            return ProtocolError.Fail("a binary Engine.IO 3 packet does not begin with 0x04", out error);
        }

        packet = EnginePacketCodec.FromBinary(data[1..]);
        return true;
    }

    /// <summary>A binary message as text, for clients that take nothing else.</summary>
    public static byte[] ToBase64(ReadOnlySpan<byte> data)
    {
        var text = new byte[Base64Prefix.Length + Base64.GetMaxEncodedToUtf8Length(data.Length)];
        Base64Prefix.CopyTo(text);
        Base64.EncodeToUtf8(data, text.AsSpan(Base64Prefix.Length), out _, out _);
        return text;
    }
}
