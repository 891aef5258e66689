using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Protocol.Tests.Support;

/// <summary>Shorthands for "a client sends this".</summary>
internal static class Decoding
{
    public static SocketPacketDecoder NewDecoder() => new(ProtocolLimits.Default);

    /// <summary>Decodes one text that is a whole packet.</summary>
    public static SocketPacket Decode(string text)
    {
        var result = NewDecoder().AddText(Wire.Bytes(text), out var packet, out var error);
        Assert.True(result == DecodeResult.Packet, $"{text}: {result}, {error.Reason}");
        return packet!;
    }

    /// <summary>Decodes the texts and attachments that a server has encoded, as if a client had sent them.</summary>
    public static SocketPacket Decode(WirePacket wire)
    {
        var decoder = NewDecoder();
        var result = decoder.AddText(wire.Messages[0].Data[1..], out var packet, out var error);
        foreach (var attachment in wire.Messages[1..])
        {
            Assert.Equal(DecodeResult.NeedMore, result);
            Assert.Null(packet);
            result = decoder.AddBinary(attachment.Data, out packet, out error);
        }

        Assert.True(result == DecodeResult.Packet, error.Reason);
        return packet!;
    }

    /// <summary>Why a text is refused.</summary>
    public static string Refusal(string text, ProtocolLimits? limits = null)
    {
        var decoder = new SocketPacketDecoder(limits ?? ProtocolLimits.Default);
        var result = decoder.AddText(Wire.Bytes(text), out var packet, out var error);
        Assert.True(result == DecodeResult.Error, $"{text[..Math.Min(text.Length, 80)]} gave {result}");
        Assert.Null(packet);
        Assert.False(decoder.AwaitsAttachments);
        return error.Reason;
    }

    public static string[] Texts(IEnumerable<ReadOnlyMemory<byte>> slices) => [.. slices.Select(Wire.Text)];
}
