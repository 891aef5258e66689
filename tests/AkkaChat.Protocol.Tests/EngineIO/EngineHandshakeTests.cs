using System.Text.Json;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.EngineIO;

public class EngineHandshakeTests
{
    [Fact]
    public void N50_the_open_packet_has_exactly_five_members()
    {
        var packet = EngineHandshake.Encode(
            "lv_VI97HAXpY6yYWAAAB", ["websocket"], TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), 1_000_000);

        Assert.Equal(
            [
                """0{"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":["websocket"],"""
                + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}",
            ],
            Wire.Messages(packet));
    }

    [Fact]
    public void A_transport_without_upgrades_says_so_with_an_empty_array()
    {
        var packet = EngineHandshake.Encode(
            "x", [], TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(200), 1000);

        Assert.Equal(
            ["""0{"sid":"x","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000}"""],
            Wire.Messages(packet));
    }

    [Fact]
    public void Session_ids_are_escaped()
    {
        var packet = EngineHandshake.Encode("a\"b", [], TimeSpan.Zero, TimeSpan.Zero, 1);

        using var json = JsonDocument.Parse(packet.Messages[0].Data[1..]);
        Assert.Equal("a\"b", json.RootElement.GetProperty("sid").GetString());
    }

    [Theory]
    [InlineData(0, 400, """{"code":0,"message":"Transport unknown"}""")]
    [InlineData(1, 400, """{"code":1,"message":"Session ID unknown"}""")]
    [InlineData(2, 400, """{"code":2,"message":"Bad handshake method"}""")]
    [InlineData(3, 400, """{"code":3,"message":"Bad request"}""")]
    [InlineData(4, 403, """{"code":4,"message":"Forbidden"}""")]
    [InlineData(5, 400, """{"code":5,"message":"Unsupported protocol version"}""")]
    public void N60_HTTP_errors_are_the_reference_servers_table(int code, int status, string json)
    {
        EngineError[] table =
        [
            EngineError.TransportUnknown, EngineError.SessionIdUnknown, EngineError.BadHandshakeMethod,
            EngineError.BadRequest, EngineError.Forbidden, EngineError.UnsupportedProtocolVersion,
        ];

        Assert.Equal(code, table[code].Code);
        Assert.Equal(status, table[code].StatusCode);
        Assert.Equal(json, Wire.Text(table[code].Json));
    }
}
