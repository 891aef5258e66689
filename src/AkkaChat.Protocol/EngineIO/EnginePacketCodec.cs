using System.Text;
using System.Text.Unicode;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>Engine.IO 4 packets, as WebSocket messages and as the parts of a polling payload.</summary>
/// <remarks>
/// <code>
/// text     type digit 0..6, then data in UTF-8:  2probe   4hello
/// binary   always a message; no type digit
/// </code>
/// </remarks>
internal static class EnginePacketCodec
{
    public static WirePacket Ping { get; } = Encode(EnginePacketType.Ping, []);

    public static WirePacket Pong { get; } = Encode(EnginePacketType.Pong, []);

    public static WirePacket Noop { get; } = Encode(EnginePacketType.Noop, []);

    public static WirePacket Close { get; } = Encode(EnginePacketType.Close, []);

    public static WirePacket ProbePong { get; } = Encode(EnginePacketType.Pong, "probe"u8);

    /// <summary>Decodes a text message. The packet's data is a slice of <paramref name="text"/>, not a copy.</summary>
    public static bool TryDecodeText(ReadOnlyMemory<byte> text, out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        var bytes = text.Span;
        if (bytes.IsEmpty)
        {
            return ProtocolError.Fail("an Engine.IO packet is empty", out error);
        }

        if (bytes[0] is < (byte)EnginePacketType.Open or > (byte)EnginePacketType.Noop)
        {
            return ProtocolError.Fail($"unknown Engine.IO packet type {ProtocolError.Show(bytes[0])}", out error);
        }

        if (!Utf8.IsValid(bytes))
        {
            return ProtocolError.Fail("the text of an Engine.IO packet is not valid UTF-8", out error);
        }

        packet = new EnginePacket((EnginePacketType)bytes[0], text[1..], IsBinary: false);
        error = default;
        return true;
    }

    public static EnginePacket FromBinary(ReadOnlyMemory<byte> data) =>
        new(EnginePacketType.Message, data, IsBinary: true);

    public static bool IsProbe(EnginePacket packet) =>
        packet.Type == EnginePacketType.Ping && packet.Data.Span.SequenceEqual("probe"u8);

    /// <remarks>
    /// Over polling the separator U+001E can't be part of a message: the protocol has no way to escape it.
    /// </remarks>
    public static WirePacket EncodeMessage(ReadOnlySpan<byte> utf8Text) => Encode(EnginePacketType.Message, utf8Text);

    /// <inheritdoc cref="EncodeMessage(ReadOnlySpan{byte})"/>
    public static WirePacket EncodeMessage(string text)
    {
        var bytes = new byte[1 + Encoding.UTF8.GetByteCount(text)];
        bytes[0] = (byte)EnginePacketType.Message;
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(1));
        return WirePacket.Of(WireMessage.Text(bytes));
    }

    public static WirePacket EncodeBinary(ReadOnlyMemory<byte> data) => WirePacket.Of(WireMessage.Binary(data));

    private static WirePacket Encode(EnginePacketType type, ReadOnlySpan<byte> data) =>
        WirePacket.Of(WireMessage.Text([(byte)type, .. data]));
}
