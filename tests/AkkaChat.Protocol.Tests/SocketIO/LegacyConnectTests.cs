using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.SocketIO;

/// <summary>How clients of Socket.IO 2 join a namespace, and what they are answered.</summary>
public class LegacyConnectTests
{
    [Theory]
    [InlineData("0/admin", "")]
    [InlineData("0/admin,", "")]
    [InlineData("0/admin?,", "{}")]
    [InlineData("0/admin?token=abc,", """{"token":"abc"}""")]
    [InlineData("0/admin?token=abc", """{"token":"abc"}""")]
    [InlineData("0/admin?a=1&b=x%20y+z&c&=d&&e=f=g", """{"a":"1","b":"x y z","c":"","":"d","e":"f=g"}""")]
    [InlineData("0/admin?a=%C3%A9%2C%22%5c&b=%&c=%4&d=%zz", "{\"a\":\"\\u00E9,\\u0022\\\\\",\"b\":\"%\",\"c\":\"%4\",\"d\":\"%zz\"}")]
    [InlineData("0/admin?a=%ff%00", "{\"a\":\"\\uFFFD\\u0000\"}")]
    [InlineData("0/admin?a=b?c=d", """{"a":"b?c=d"}""")]
    public void The_query_of_the_namespace_is_the_auth_payload(string text, string payload)
    {
        var result = new SocketPacketDecoder(ProtocolLimits.Default, isLegacy: true).AddText(Wire.Bytes(text), out var packet, out var error);

        Assert.True(result == DecodeResult.Packet, error.Reason);
        Assert.Equal((SocketPacketType.Connect, "/admin", payload), (packet!.Type, packet.Namespace, Wire.Text(packet.Payload)));
    }

    [Fact]
    public void Clients_of_today_have_no_such_query() =>
        Assert.Equal("", Wire.Text(Decoding.Decode("0/admin?token=abc,").Payload));

    [Fact]
    public void A_query_never_throws_and_costs_its_size() => Properties.ForAll(Generators.Hostile, bytes =>
        new SocketPacketDecoder(ProtocolLimits.Default, isLegacy: true).AddText(
            Wire.Bytes("0/a?" + Convert.ToBase64String(bytes) + "%" + Wire.Text(bytes)), out _, out _));

    [Fact]
    public void The_answer_has_no_id()
    {
        Assert.Equal(["40"], Wire.Messages(PacketFormat.Json.Connect("/", null)));
        Assert.Equal(["40/admin,"], Wire.Messages(PacketFormat.Json.Connect("/admin", null)));
    }
}
