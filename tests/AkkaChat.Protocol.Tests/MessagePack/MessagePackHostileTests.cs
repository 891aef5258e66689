using AkkaChat.Protocol.MessagePack;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.MessagePack;

/// <summary>Damaged and hostile MessagePack: nothing throws, nothing costs more than its size.</summary>
public class MessagePackHostileTests
{
    private const int Deep = 100_000;
    private const int Megabyte = 1_000_000;

    // Six bytes of JSON for one, and the slices of as many arguments.
    private const int BytesPerInputByte = 64;

    private static readonly byte[] EventHead = Convert.FromHexString("83a47479706502a36e7370a12fa464617461");

    [Theory]
    [InlineData(0x91)] // arrays
    [InlineData(0xdd)]
    public void V31_arrays_a_hundred_thousand_deep_are_refused(byte head)
    {
        byte[] level = head == 0x91 ? [head] : [head, 0, 0, 0, 1];
        var nested = Repeat(level, Deep);

        Assert.Contains("(max-json-depth)", Refusal([.. EventHead, .. nested, 0xc0]), StringComparison.Ordinal);
        Assert.Contains("not a MessagePack map", Refusal(nested), StringComparison.Ordinal);
    }

    [Fact]
    public void V31_maps_a_hundred_thousand_deep_are_refused() =>
        Assert.Contains(
            "(max-json-depth)",
            Refusal([.. EventHead, 0x91, .. Repeat([0x81, 0xa1, (byte)'a'], Deep), 0xc0]),
            StringComparison.Ordinal);

    [Fact]
    public void V31_what_is_passed_over_may_be_deep_for_it_costs_no_stack()
    {
        byte[] message =
        [
            .. Convert.FromHexString("83a47479706500a36e7370a12fa76f7074696f6e73"), .. Repeat([0x91], Deep), 0xc0,
        ];

        Assert.Equal(DecodeResult.Packet, Add(message, out _));
    }

    [Theory]
    [InlineData(62, DecodeResult.Packet)]
    [InlineData(63, DecodeResult.Packet)]
    [InlineData(64, DecodeResult.Error)]
    internal void The_depth_limit_is_that_of_JSON(int inner, DecodeResult expected)
    {
        byte[] message = [.. EventHead, 0x92, 0xa1, (byte)'a', .. Repeat([0x91], inner), 0xc0];
        var json = $"2[\"a\",{new string('[', inner)}null{new string(']', inner)}]";

        Assert.Equal(expected, Add(message, out _));
        Assert.Equal(expected, Decoding.NewDecoder().AddText(Wire.Bytes(json), out _, out _));
    }

    [Theory]
    [InlineData("ddffffffff")]
    [InlineData("dfffffffff")]
    [InlineData("dcffff")]
    [InlineData("92a161ddffffffff")]
    [InlineData("92a161dbffffffff")]
    [InlineData("92a161c6ffffffff")]
    [InlineData("92a161c9ffffffff00")]
    public void V04_a_count_of_four_billion_reserves_nothing(string data)
    {
        byte[] message = [.. EventHead, .. Convert.FromHexString(data)];

        Assert.InRange(Allocations.Of(() => Add(message, out _)), 0, Allocations.Constant);
        Assert.Equal(DecodeResult.Error, Add(message, out _));
    }

    [Theory]
    [InlineData("c0")]
    [InlineData("c2")]
    [InlineData("01")]
    [InlineData("90")]
    [InlineData("a0")]
    [InlineData("cb3fb999999999999a")]
    [InlineData("a101")]
    [InlineData("d40000")]
    [InlineData("d7000000018bcfe5687b")]
    [InlineData("80")]
    public void A_megabyte_of_small_values_costs_what_its_size_allows(string value)
    {
        var values = Repeat(Convert.FromHexString(value), Megabyte * 2 / value.Length);
        var count = (uint)(values.Length * 2 / value.Length) + 1;
        byte[] message =
        [
            .. EventHead, 0xdd, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count, 0xa1, (byte)'a',
            .. values,
        ];

        Assert.InRange(Allocations.Of(() => Add(message, out _)), 0, ((long)BytesPerInputByte * message.Length) + Allocations.Constant);
        Assert.Equal(DecodeResult.Packet, Add(message, out _));
    }

    [Fact]
    public void More_attachments_than_allowed_are_refused() =>
        Assert.Contains(
            "(max-attachments)",
            Refusal([.. EventHead, 0x9c, 0xa1, (byte)'a', .. Repeat([0xc4, 0], 11)]),
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(MessagePackVectors.OfClients), MemberType = typeof(MessagePackVectors))]
    public void A_packet_cut_anywhere_is_refused(string hex)
    {
        var message = Convert.FromHexString(hex);
        for (var length = 0; length < message.Length; length++)
        {
            Assert.Equal(DecodeResult.Error, Add(message[..length], out _));
            Add(message[(length + 1)..], out _);
        }
    }

    [Theory]
    [MemberData(nameof(MessagePackVectors.OfClients), MemberType = typeof(MessagePackVectors))]
    public void A_packet_with_any_bytes_changed_never_throws_and_what_passes_is_sound(string hex)
    {
        var message = Convert.FromHexString(hex);
        for (var index = 0; index < message.Length; index++)
        {
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var damaged = message.ToArray();
                damaged[index] = (byte)value;
                AssertSound(damaged);
            }
        }
    }

    [Fact]
    public void Any_bytes_never_throw() => Properties.ForAll(Generators.Hostile, AssertSound, runs: 1000);

    [Fact]
    public void Any_data_never_throws() => Properties.ForAll(
        Gen.Choose(0x80, 0xff).Select(number => (byte)number).ArrayOf(),
        bytes => AssertSound([.. EventHead, 0x92, 0xa1, (byte)'a', .. bytes]),
        runs: 1000);

    private static void AssertSound(byte[] message)
    {
        if (Add(message, out var packet) == DecodeResult.Packet)
        {
            foreach (var json in packet!.Arguments)
            {
                System.Text.Json.JsonDocument.Parse(json, new() { MaxDepth = 64 }).Dispose();
            }
        }
    }

    private static string Refusal(byte[] message)
    {
        var result = new MessagePackDecoder(ProtocolLimits.Default).AddBinary(message, out _, out var error);
        Assert.Equal(DecodeResult.Error, result);
        return error.Reason;
    }

    private static DecodeResult Add(byte[] message, out SocketPacket? packet) =>
        new MessagePackDecoder(ProtocolLimits.Default).AddBinary(message, out packet, out _);

    private static byte[] Repeat(byte[] bytes, int times)
    {
        var all = new byte[bytes.Length * times];
        for (var index = 0; index < times; index++)
        {
            bytes.CopyTo(all, index * bytes.Length);
        }

        return all;
    }
}
