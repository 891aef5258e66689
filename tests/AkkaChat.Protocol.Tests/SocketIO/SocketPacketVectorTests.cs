using System.Text.Json;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.SocketIO;

public class SocketPacketVectorTests
{
    public static TheoryData<SocketPacketVector> Decodable =>
        [.. SocketPacketVectors.Canonical, .. SocketPacketVectors.Tolerated];

    public static TheoryData<SocketPacketVector> Encodable => [.. SocketPacketVectors.Canonical];

    [Theory]
    [MemberData(nameof(Decodable))]
    public void The_wire_decodes_to_the_packet(SocketPacketVector vector)
    {
        var packet = Decoding.Decode(vector.Wire);

        Assert.Equal(vector.Type, packet.Type.ToString());
        Assert.Equal(vector.Namespace, packet.Namespace);
        Assert.Equal(vector.AckId, packet.AckId);
        Assert.Equal(vector.EventName, packet.EventName);
        Assert.Equal(vector.Arguments, Decoding.Texts(packet.Arguments));
        Assert.Equal(vector.Payload, Wire.Text(packet.Payload));
        Assert.Empty(packet.Attachments);
    }

    [Theory]
    [MemberData(nameof(Encodable))]
    public void The_packet_encodes_to_the_wire(SocketPacketVector vector) =>
        Assert.Equal(["4" + vector.Wire], Wire.Messages(Encode(vector)));

    [Fact]
    public void Binary_packets_announce_their_attachments()
    {
        ReadOnlyMemory<byte>[] attachments = [new byte[] { 1, 2, 3 }, new byte[] { 4, 5, 6 }];
        var placeholders = """{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}""";

        var arguments = Wire.Bytes($"""["message",{placeholders}]""").Span;

        var message = SocketPacketEncoder.Event("/", null, arguments, attachments);
        var ack = SocketPacketEncoder.Ack("/nsp", 789, Wire.Bytes($"[{placeholders}]").Span, attachments);

        Assert.Equal([$"""452-["message",{placeholders}]""", "bAQID", "bBAUG"], Wire.Messages(message));
        Assert.Equal([$"462-/nsp,789[{placeholders}]", "bAQID", "bBAUG"], Wire.Messages(ack));
    }

    [Fact]
    public void Ten_attachments_have_a_count_of_two_digits()
    {
        ReadOnlyMemory<byte>[] attachments = [.. Enumerable.Range(0, 10).Select(i => new byte[] { (byte)i })];

        var packet = SocketPacketEncoder.Event("/nsp", 17, "[\"a\"]"u8, attachments);

        Assert.Equal("4510-/nsp,17[\"a\"]", Wire.Messages(packet)[0]);
        Assert.Equal(11, packet.Messages.Length);
    }

    [Fact]
    public void The_largest_ack_id_is_written_in_full() =>
        Assert.Equal(
            [$"43{long.MaxValue}[]"], Wire.Messages(SocketPacketEncoder.Ack("/", long.MaxValue, "[]"u8, [])));

    [Fact]
    public void A_socket_id_is_escaped() =>
        Assert.Equal("""40{"sid":"a\u0022b"}""", Wire.Messages(SocketPacketEncoder.Connect("/", "a\"b"))[0]);

    private static WirePacket Encode(SocketPacketVector vector)
    {
        var payload = Wire.Bytes(vector.Payload).Span;
        string[] name = vector.EventName is null ? [] : [$"\"{vector.EventName}\""];
        var array = Wire.Bytes($"[{string.Join(',', name.Concat(vector.Arguments))}]").Span;
        return vector.Type switch
        {
            "Connect" => SocketPacketEncoder.Connect(vector.Namespace, SidOf(vector.Payload)),
            "ConnectError" => SocketPacketEncoder.ConnectError(vector.Namespace, payload),
            "Disconnect" => SocketPacketEncoder.Disconnect(vector.Namespace),
            "Event" => SocketPacketEncoder.Event(vector.Namespace, vector.AckId, array, []),
            _ => SocketPacketEncoder.Ack(vector.Namespace, vector.AckId!.Value, array, []),
        };
    }

    private static string SidOf(string payload) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(payload)!["sid"];
}
