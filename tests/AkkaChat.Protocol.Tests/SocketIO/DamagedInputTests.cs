using System.Text;
using System.Text.Json;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.SocketIO;

/// <summary>
/// Arbitrary and damaged input: nothing throws, nothing costs more than its size, what passes is sound.
/// </summary>
public class DamagedInputTests
{
    private static readonly byte[] InterestingBytes = [.. "0159-/,?[]{}\"\\: b"u8, 0x00, 0x1e, 0x7f, 0x80, 0xc3, 0xff];

    public static TheoryData<string> Valid =>
    [
        .. SocketPacketVectors.Canonical.Select(vector => vector.Wire),
        .. SocketPacketVectors.Tolerated.Select(vector => vector.Wire),
        """52-/nsp,17["a",{"_placeholder":true,"num":0},[{"b":{"num":1,"_placeholder":true}}],"\ud83d\ude00\n"]""",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_text_cut_anywhere_never_throws(string text)
    {
        var bytes = Wire.Bytes(text);
        for (var length = 0; length <= bytes.Length; length++)
        {
            Feed(bytes[..length]);
            Feed(bytes[length..]);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_text_with_any_bit_flipped_never_throws(string text)
    {
        for (var bit = 0; bit < Wire.Bytes(text).Length * 8; bit++)
        {
            var damaged = Wire.Bytes(text).ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Feed(damaged);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_text_with_a_byte_inserted_anywhere_never_throws(string text)
    {
        var bytes = Wire.Bytes(text).ToArray();
        foreach (var inserted in InterestingBytes)
        {
            for (var at = 0; at <= bytes.Length; at++)
            {
                Feed((byte[])[.. bytes[..at], inserted, .. bytes[at..]]);
            }
        }
    }

    [Fact]
    public void Arbitrary_bytes_never_throw() =>
        Properties.ForAll(Generators.Hostile, bytes => Feed(bytes), runs: 5000);

    [Fact]
    public void Arbitrary_bytes_cost_no_more_than_their_size() => Properties.ForAll(
        Generators.Hostile,
        bytes => Allocations.AreWithin(bytes.Length, () => Decoding.NewDecoder().AddText(bytes, out _, out _)),
        runs: 2000);

    [Fact]
    public void Damaged_packets_never_throw_and_cost_no_more_than_their_size()
    {
        var damaged =
            from sample in Generators.Packet
            let wire = SocketPacketEncoder
                .Event(sample.Namespace, sample.AckId, sample.JsonArray(withName: true), sample.AttachmentList())
                .Messages[0].Data[1..].ToArray()
            from at in Gen.Choose(0, wire.Length - 1)
            from removed in Gen.Choose(0, Math.Min(3, wire.Length - at))
            from inserted in Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf()
            select (byte[])[.. wire[..at], .. inserted.Take(3), .. wire[(at + removed)..]];

        Properties.ForAll(damaged, bytes =>
        {
            Feed(bytes);
            Allocations.AreWithin(bytes.Length, () => Decoding.NewDecoder().AddText(bytes, out _, out _));
        }, runs: 1000);
    }

    /// <summary>
    /// As a connection would: through the Engine.IO codec; and past it, for what a caller may get wrong.
    /// </summary>
    private static void Feed(ReadOnlyMemory<byte> text)
    {
        Decoding.NewDecoder().AddText(text, out _, out _);

        byte[] message = [(byte)'4', .. text.Span];
        if (EnginePacketCodec.TryDecodeText(message, out var engine, out _))
        {
            var decoder = Decoding.NewDecoder();
            var result = decoder.AddText(engine.Data, out var packet, out var error);
            while (result == DecodeResult.NeedMore)
            {
                result = decoder.AddBinary(new byte[] { 1 }, out packet, out error);
            }

            AssertSound(result, packet, error);
        }
    }

    private static void AssertSound(DecodeResult result, SocketPacket? packet, ProtocolError error)
    {
        Assert.Equal(result == DecodeResult.Packet, packet is not null);
        Assert.Equal(result == DecodeResult.Error, error.Reason is not null);
        if (packet is null)
        {
            return;
        }

        Assert.StartsWith("/", packet.Namespace, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(packet.Namespace), 1, 512);
        Assert.Equal(packet.Type == SocketPacketType.Event, packet.EventName is not null);
        Assert.InRange(packet.AckId ?? 0, 0, (1L << 53) - 1);
        Assert.InRange(packet.Attachments.Count, 0, 10);
        foreach (var json in packet.Arguments.Append(packet.Payload).Where(json => !json.IsEmpty))
        {
            using var document = JsonDocument.Parse(json);
        }
    }
}
