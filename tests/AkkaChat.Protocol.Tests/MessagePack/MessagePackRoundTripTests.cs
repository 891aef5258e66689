using System.Text.Json;
using AkkaChat.Protocol.MessagePack;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.MessagePack;

public class MessagePackRoundTripTests
{
    [Fact]
    public void A_packet_is_written_byte_for_byte_as_the_JavaScript_parser_does()
    {
        var format = PacketFormat.MessagePack;

        Assert.Equal(MessagePackVectors.ServerConnect, Hex(format.Connect("/n", "x")));
        Assert.Equal(MessagePackVectors.Disconnect, Hex(format.Disconnect("/n")));
        Assert.Equal(MessagePackVectors.ServerError, Hex(format.ConnectError("/", "{\"message\":\"no\"}"u8)));
        Assert.Equal(MessagePackVectors.ServerEvent, Hex(format.Event("/", null, "[\"a\",1,-1,1.5,null,true,\"\\u00e9\"]"u8, [])));
        Assert.Equal(MessagePackVectors.ServerNumbers, Hex(format.Event("/", null, Wire.Bytes(MessagePackVectors.NumbersJson).Span, [])));
        Assert.Equal(
            MessagePackVectors.ServerAck,
            Hex(format.Ack(
                "/",
                300,
                """[{"_placeholder":true,"num":0},{"c":{"_placeholder":true,"num":1}}]"""u8,
                [new byte[] { 1, 2 }, new byte[] { 3 }])));
    }

    [Theory]
    [InlineData("{\"_placeholder\":true,\"num\":1}")] // there is no such attachment
    [InlineData("{\"_placeholder\":true,\"num\":-1}")]
    [InlineData("{\"_placeholder\":false,\"num\":0}")]
    [InlineData("{\"_placeholder\":true,\"num\":\"0\"}")]
    [InlineData("{\"num\":0,\"num\":0}")]
    [InlineData("{\"_placeholder\":true,\"num\":0,\"a\":1}")]
    [InlineData("{\"_placeholder\":{\"num\":0},\"num\":0}")]
    public void What_only_looks_like_a_placeholder_stays_an_object(string json)
    {
        var wire = PacketFormat.MessagePack.Event("/", null, Wire.Bytes($"[\"a\",{json}]").Span, [new byte[] { 1 }]);

        Assert.Equal([json], Decoding.Texts(Decode(wire).Arguments));
    }

    [Fact]
    public void Any_event_comes_back_as_it_was() => Properties.ForAll(Generators.Packet, sample =>
    {
        var wire = PacketFormat.MessagePack.Event(
            sample.Namespace, sample.AckId, sample.JsonArray(withName: true), sample.AttachmentList());

        var packet = Decode(wire);

        Assert.Equal(SocketPacketType.Event, packet.Type);
        Assert.Equal(sample.Namespace, packet.Namespace);
        Assert.Equal(sample.AckId, packet.AckId);
        Assert.Equal(sample.EventName, packet.EventName);
        Assert.Equal(sample.AllArguments().Length, packet.Arguments.Length);
        Assert.All(sample.AllArguments().Zip(packet.Arguments), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(sample.Attachments, packet.Attachments.Select(data => data.ToArray()));
    });

    [Fact]
    public void Any_ack_comes_back_as_it_was() => Properties.ForAll(Generators.Packet, sample =>
    {
        var wire = PacketFormat.MessagePack.Ack(
            sample.Namespace, sample.AckId ?? 1, sample.JsonArray(withName: false), sample.AttachmentList());

        var packet = Decode(wire);

        Assert.Equal((SocketPacketType.Ack, sample.AckId ?? 1), (packet.Type, packet.AckId));
        Assert.All(sample.AllArguments().Zip(packet.Arguments), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(sample.Attachments, packet.Attachments.Select(data => data.ToArray()));
    });

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Large_arrays_objects_texts_and_binary_come_back(int size)
    {
        var array = $"[{string.Join(',', Enumerable.Repeat('1', size))}]";
        var members = $"{{{string.Join(',', Enumerable.Range(0, size).Select(number => $"\"{number}\":1"))}}}";
        var text = $"\"{new string('x', size)}\"";
        var wire = PacketFormat.MessagePack.Event(
            "/", null, Wire.Bytes($$"""["a",{{array}},{{members}},{{text}},{"_placeholder":true,"num":0}]""").Span, [new byte[size]]);

        var packet = Decode(wire);

        Assert.Equal([array, members, text], Decoding.Texts(packet.Arguments).Take(3));
        Assert.Equal(size, packet.Attachments[0].Length);
    }

    private static SocketPacket Decode(WirePacket wire)
    {
        Assert.Equal(1, wire.Messages.Length);
        Assert.True(wire.Messages[0].IsBinary);
        var result = new MessagePackDecoder(ProtocolLimits.Default).AddBinary(wire.Messages[0].Data, out var packet, out var error);
        Assert.True(result == DecodeResult.Packet, error.Reason);
        return packet!;
    }

    private static string Hex(WirePacket wire) => Convert.ToHexStringLower(wire.Messages[0].Data.Span);

    private static void AssertSame(string expected, ReadOnlyMemory<byte> actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        AssertSame(left.RootElement, right.RootElement);
    }

    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Number when !double.IsFinite(expected.GetDouble()):
                Assert.Equal(JsonValueKind.Null, actual.ValueKind);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetDouble());
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                Assert.All(expected.EnumerateArray().Zip(actual.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
                break;
            case JsonValueKind.Object when !expected.TryGetProperty("_placeholder", out _):
                Assert.Equal(
                    expected.EnumerateObject().Select(member => member.Name), actual.EnumerateObject().Select(member => member.Name));
                Assert.All(
                    expected.EnumerateObject().Zip(actual.EnumerateObject()),
                    pair => AssertSame(pair.First.Value, pair.Second.Value));
                break;
            default:
                Assert.Equal(expected.ValueKind, actual.ValueKind);
                break;
        }
    }
}
