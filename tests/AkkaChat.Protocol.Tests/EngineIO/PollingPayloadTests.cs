using System.Buffers;
using System.Text;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.EngineIO;

public class PollingPayloadTests
{
    [Theory]
    [InlineData("4hello", "Message hello")]
    [InlineData("2", "Ping ")]
    [InlineData("4test1\u001e4test2\u001e4test3", "Message test1", "Message test2", "Message test3")]
    [InlineData("4hello\u001ebAQIDBA==", "Message hello", "Message 01020304")]
    [InlineData("bAQ==", "Message 01")]
    [InlineData("b+/+/", "Message fbffbf")]
    [InlineData("b", "Message ")]
    [InlineData("3\u001e4\u001e1", "Pong ", "Message ", "Close ")]
    public void A_body_is_packets_between_separators(string body, params string[] expected)
    {
        Assert.Equal(expected, ReadAll(Wire.Bytes(body), out var end).Select(Describe));
        Assert.Equal(PayloadRead.End, end);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u001e", "empty")]
    [InlineData("\u001e4a", "empty")]
    [InlineData("4a\u001e", "empty")]
    [InlineData("4a\u001e\u001e4b", "empty")]
    [InlineData("abc", "unknown")]
    [InlineData("4a\u001e9", "unknown")]
    [InlineData("bA", "length")]
    [InlineData("bAQIDBA", "length")]
    [InlineData("bAQI", "length")]
    [InlineData("b====", "base64")]
    [InlineData("bA===", "base64")]
    [InlineData("bAQ=A", "base64")]
    [InlineData("bAQ==AQ==", "base64")]
    [InlineData("b-_-_", "base64")]
    [InlineData("bAQ D", "base64")]
    [InlineData("bAQID    ", "base64")]
    [InlineData("b    ", "base64")]
    [InlineData("bAQ\n=", "base64")]
    [InlineData("bé==", "base64")]
    public void Empty_packets_and_bad_base64_are_errors(string body, string reason)
    {
        var reader = new PollingPayloadReader(Wire.Bytes(body));
        PayloadRead result;
        ProtocolError error;
        while ((result = reader.Read(out _, out error)) == PayloadRead.Packet)
        {
        }

        Assert.Equal(PayloadRead.Error, result);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_UTF8_in_one_packet_is_an_error_at_that_packet()
    {
        Assert.Single(ReadAll(new byte[] { 0x34, 0x61, 0x1e, 0x34, 0xff, 0x1e, 0x34 }, out var end));
        Assert.Equal(PayloadRead.Error, end);
    }

    [Fact]
    public void After_the_end_there_is_only_the_end()
    {
        var reader = new PollingPayloadReader(Wire.Bytes("2"));

        Assert.Equal(PayloadRead.Packet, reader.Read(out _, out _));
        Assert.Equal(PayloadRead.End, reader.Read(out _, out _));
        Assert.Equal(PayloadRead.End, reader.Read(out _, out _));
    }

    [Fact]
    public void After_an_error_there_is_only_that_error()
    {
        var reader = new PollingPayloadReader(Wire.Bytes("x\u001e4fine"));

        Assert.Equal(PayloadRead.Error, reader.Read(out _, out var first));
        Assert.Equal(PayloadRead.Error, reader.Read(out var packet, out var second));
        Assert.Equal(first, second);
        Assert.Equal(default, packet);
    }

    [Fact]
    public void V49_the_number_of_packets_has_no_limit_of_its_own()
    {
        var body = Wire.Bytes(string.Join('\u001e', Enumerable.Range(0, 100_000).Select(i => $"4{i}")));

        var packets = ReadAll(body, out var end);

        Assert.Equal(PayloadRead.End, end);
        Assert.Equal(100_000, packets.Count);
        Assert.Equal("99999", Wire.Text(packets[^1].Data));
    }

    [Fact]
    public void Text_packets_are_slices_of_the_body()
    {
        var body = Wire.Bytes("4a\u001e4b");

        var packets = ReadAll(body, out _);

        Assert.True(packets[1].Data.Equals(body[4..]));
    }

    [Fact]
    public void Nothing_writes_an_empty_body()
    {
        Assert.Equal("", Write([]));
    }

    [Fact]
    public void Messages_of_all_packets_are_joined_by_separators()
    {
        var binary = WirePacket.Of(WireMessage.Text("451-[]"u8.ToArray()), [new byte[] { 1, 2, 3, 4 }]);

        Assert.Equal(
            "4hello\u001e451-[]\u001ebAQIDBA==\u001e2",
            Write([EnginePacketCodec.EncodeMessage("hello"), binary, EnginePacketCodec.Ping]));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var text = Generators.MessageText.Select(EnginePacketCodec.EncodeMessage);
        var binary = Generators.Binary.Select(data => EnginePacketCodec.EncodeBinary(data));
        var several = Generators.Binary.NonEmptyListOf().Select(parts => WirePacket.Of(
            WireMessage.Text("45-[]"u8.ToArray()), [.. parts.Select(part => new ReadOnlyMemory<byte>(part))]));
        var control = Gen.Elements(EnginePacketCodec.Ping, EnginePacketCodec.Noop, EnginePacketCodec.ProbePong);

        Properties.ForAll(Gen.OneOf(text, binary, several, control).NonEmptyListOf(), packets =>
        {
            var output = new ArrayBufferWriter<byte>();
            PollingPayloadWriter.Write(output, [.. packets]);
            var expected = packets.SelectMany(packet => packet.Messages.ToArray()).ToList();

            Assert.Equal(expected.Sum(message => message.PollingLength) + expected.Count - 1, output.WrittenCount);
            var read = ReadAll(output.WrittenMemory, out var end);
            Assert.Equal(PayloadRead.End, end);
            Assert.Equal(expected.Select(message => Convert.ToHexString(message.Data.Span)), read.Select(Hex));
        });
    }

    [Fact]
    public void Hostile_bodies_never_throw_and_cost_no_more_than_their_size() =>
        Properties.ForAll(
            Generators.Hostile, body => Allocations.AreWithin(body.Length, () => Drain(body)), runs: 2000);

    private static void Drain(ReadOnlyMemory<byte> body)
    {
        var reader = new PollingPayloadReader(body);
        while (reader.Read(out _, out _) == PayloadRead.Packet)
        {
        }
    }

    private static List<EnginePacket> ReadAll(ReadOnlyMemory<byte> body, out PayloadRead end)
    {
        var packets = new List<EnginePacket>();
        var reader = new PollingPayloadReader(body);
        while ((end = reader.Read(out var packet, out _)) == PayloadRead.Packet)
        {
            packets.Add(packet);
        }

        return packets;
    }

    private static string Write(WirePacket[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        PollingPayloadWriter.Write(output, packets);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Describe(EnginePacket packet) =>
        $"{packet.Type} {(packet.IsBinary ? Convert.ToHexStringLower(packet.Data.Span) : Wire.Text(packet.Data))}";

    /// <summary>The bytes as a WebSocket message would carry them.</summary>
    private static string Hex(EnginePacket packet) =>
        (packet.IsBinary ? "" : ((byte)packet.Type).ToString("X2")) + Convert.ToHexString(packet.Data.Span);
}
