using System.Buffers;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.EngineIO;

/// <summary>The payloads of Engine.IO 3: those of its specification and official test suite, and hostile ones.</summary>
public class LegacyPayloadTests
{
    private static readonly byte[] SuiteBytes = Convert.FromHexString("0006ff3468656c6c6f0105ff0401020304");

    private static readonly WirePacket Hello = EnginePacketCodec.EncodeMessage("hello");
    private static readonly WirePacket Bytes = EnginePacketCodec.EncodeBinary(new byte[] { 1, 2, 3, 4 });

    [Fact]
    public void A_poll_is_answered_as_the_official_suite_expects()
    {
        Assert.Equal("6:4hello", Text([Hello]));
        Assert.Equal("6:4hello10:b4AQIDBA==", Text([Hello, Bytes]));
        Assert.Equal("2:4€10:b4AQIDBA==", Text([EnginePacketCodec.EncodeMessage("€"), Bytes]));
        Assert.Equal("3:4😀1:6", Text([EnginePacketCodec.EncodeMessage("😀"), EnginePacketCodec.Noop]));
        Assert.Equal(SuiteBytes, Binary([Hello, Bytes]));
        Assert.Equal("0004ff34e282ac0105ff0401020304", Convert.ToHexStringLower(Binary([EnginePacketCodec.EncodeMessage("€"), Bytes])));
    }

    [Fact]
    public void Bytes_are_sent_to_a_client_that_takes_them_and_only_if_there_are_any()
    {
        Assert.True(LegacyPayloadWriter.IsBinary([Hello, Bytes], EngineDialect.Legacy));
        Assert.False(LegacyPayloadWriter.IsBinary([Hello], EngineDialect.Legacy));
        Assert.False(LegacyPayloadWriter.IsBinary([Hello, Bytes], EngineDialect.LegacyBase64));
    }

    [Theory]
    [InlineData("6:4hello", "Message hello")]
    [InlineData("1:2", "Ping ")]
    [InlineData("6:4test16:4test26:4test3", "Message test1", "Message test2", "Message test3")]
    [InlineData("6:4hello10:b4AQIDBA==", "Message hello", "Message 01020304")]
    [InlineData("3:4😀2:4é", "Message 😀", "Message é")]
    [InlineData("006:4hello", "Message hello")]
    public void A_text_body_is_read(string body, params string[] expected)
    {
        Assert.Equal(expected, ReadAll(Wire.Bytes(body), isBinary: false, out var end));
        Assert.Equal(PayloadRead.End, end);
    }

    [Fact]
    public void A_binary_body_is_read()
    {
        Assert.Equal(["Message hello", "Message 01020304"], ReadAll(SuiteBytes, isBinary: true, out var end));
        Assert.Equal(PayloadRead.End, end);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("4hello")]
    [InlineData(":4a")]
    [InlineData("0:")]
    [InlineData("2:4")]
    [InlineData("6:4hello6")]
    [InlineData("6:4hello6:")]
    [InlineData("2:4😀")] // ends within a surrogate pair
    [InlineData("-1:4")]
    [InlineData("1.0:2")]
    [InlineData("9999999999:4a")]
    [InlineData("4294967297:4")]
    [InlineData("2:7a")]
    [InlineData("4:b5AA")]
    [InlineData("5:b4AQI")]
    public void A_damaged_text_body_is_refused(string body)
    {
        ReadAll(Wire.Bytes(body), isBinary: false, out var end);
        Assert.Equal(PayloadRead.Error, end);
    }

    [Theory]
    [InlineData("02ff")]
    [InlineData("00ff34")]
    [InlineData("0002ff34")]
    [InlineData("0001ffff")]
    [InlineData("0101ff05")]
    [InlineData("0100ff")]
    [InlineData("01090909090909090909ff04")]
    [InlineData("0001")]
    [InlineData("00010a")]
    [InlineData("0002ff34ff")] // not UTF-8
    public void A_damaged_binary_body_is_refused(string hex)
    {
        ReadAll(Convert.FromHexString(hex), isBinary: true, out var end);
        Assert.Equal(PayloadRead.Error, end);
    }

    [Fact]
    public void Any_packets_come_back_in_both_forms() => Properties.ForAll(Messages(), packets =>
    {
        var expected = packets.Select(packet => Describe(packet.Messages[0])).ToArray();

        Assert.Equal(expected, ReadAll(Wire.Bytes(Text(packets)), isBinary: false, out var end));
        Assert.Equal(PayloadRead.End, end);
        Assert.Equal(expected, ReadAll(Binary(packets), isBinary: true, out end));
        Assert.Equal(PayloadRead.End, end);
    });

    [Fact]
    public void A_body_cut_anywhere_gives_the_packets_before_the_cut_at_most() => Properties.ForAll(
        Messages(),
        packets =>
        {
            foreach (var isBinary in new[] { false, true })
            {
                var body = isBinary ? Binary(packets) : Wire.Bytes(Text(packets)).ToArray();
                var whole = ReadAll(body, isBinary, out _);
                for (var length = 1; length < body.Length; length++)
                {
                    var part = ReadAll(body.AsMemory(0, length), isBinary, out _);
                    Assert.True(part.Count <= whole.Count);
                    Assert.Equal(whole.Take(part.Count), part);
                }
            }
        },
        runs: 60);

    [Fact]
    public void Any_bytes_never_throw_and_cost_their_size() => Properties.ForAll(
        Generators.Hostile,
        bytes =>
        {
            ReadAll(bytes, isBinary: false, out _);
            ReadAll(bytes, isBinary: true, out _);
            ReadAll((byte[])[0, (byte)(bytes.Length % 10), 0xff, .. bytes], isBinary: true, out _);
        },
        runs: 1000);

    [Fact]
    public void A_megabyte_of_small_packets_takes_linear_time_and_no_memory()
    {
        var body = Wire.Bytes(string.Concat(Enumerable.Repeat("2:4é", 200_000)));

        var allocated = Allocations.Of(() =>
        {
            var reader = new LegacyPayloadReader(body, isBinary: false);
            while (reader.Read(out _, out _) == PayloadRead.Packet)
            {
            }
        });

        Assert.InRange(allocated, 0, Allocations.Constant);
    }

    [Theory]
    [InlineData("0401", "01")]
    [InlineData("04", "")]
    public void A_binary_message_on_a_WebSocket_begins_with_its_type(string hex, string data)
    {
        Assert.True(LegacyPacketCodec.TryDecodeBinary(Convert.FromHexString(hex), out var packet, out _));
        Assert.Equal((EnginePacketType.Message, true, data), (packet.Type, packet.IsBinary, Convert.ToHexStringLower(packet.Data.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0501")]
    [InlineData("34")]
    public void A_binary_message_of_another_type_is_refused(string hex) =>
        Assert.False(LegacyPacketCodec.TryDecodeBinary(Convert.FromHexString(hex), out _, out _));

    private static Gen<WirePacket[]> Messages() => Gen.OneOf(
        Generators.MessageText.Select(EnginePacketCodec.EncodeMessage),
        Generators.Binary.Select(data => EnginePacketCodec.EncodeBinary(data))).NonEmptyListOf().Select(list => list.ToArray());

    private static string Text(WirePacket[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        LegacyPayloadWriter.WriteText(output, packets);
        return Wire.Text(output.WrittenMemory);
    }

    private static byte[] Binary(WirePacket[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        LegacyPayloadWriter.WriteBinary(output, packets);
        return output.WrittenSpan.ToArray();
    }

    private static List<string> ReadAll(ReadOnlyMemory<byte> body, bool isBinary, out PayloadRead end)
    {
        var reader = new LegacyPayloadReader(body, isBinary);
        var packets = new List<string>();
        while ((end = reader.Read(out var packet, out _)) == PayloadRead.Packet)
        {
            packets.Add($"{packet.Type} {(packet.IsBinary ? Convert.ToHexStringLower(packet.Data.Span) : Wire.Text(packet.Data))}");
        }

        return packets;
    }

    private static string Describe(WireMessage message) =>
        "Message " + (message.IsBinary ? Convert.ToHexStringLower(message.Data.Span) : Wire.Text(message.Data)[1..]);
}
