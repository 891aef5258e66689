using AkkaChat.Protocol.MessagePack;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.MessagePack;

public class MessagePackDecoderTests
{
    [Theory]
    [InlineData(MessagePackVectors.Connect, "Connect", "/", null, "")]
    [InlineData(MessagePackVectors.ConnectAuth, "Connect", "/admin", null, """{"token":"é"}""")]
    [InlineData(MessagePackVectors.Event, "Event", "/", null, """["a"|1|-1|1.5|null|true|"é"]""")]
    [InlineData(MessagePackVectors.EventWithAck, "Event", "/", 17L, """["a"|{"b":[]}]""")]
    [InlineData(MessagePackVectors.Specials, "Event", "/", null, """["d"|"2023-11-14T22:13:20.123Z"|null|{"n":null}]""")]
    [InlineData(MessagePackVectors.DateBefore1970, "Event", "/", null, """["d"|"1969-12-31T23:59:59.999Z"]""")]
    [InlineData(MessagePackVectors.Disconnect, "Disconnect", "/n", null, "")]
    [InlineData(MessagePackVectors.Ack, "Ack", "/", 3L, """["ok"]""")]
    [InlineData("82a47479706500a36e7370a12f", "Connect", "/", null, "")] // no data at all
    [InlineData("83a47479706500a464617461c0a36e7370a12f", "Connect", "/", null, "")] // null, as Python's clients send
    [InlineData("83a36e7370a12fa46461746191a161a47479706502", "Event", "/", null, """["a"|]""")] // another order
    [InlineData("83a47479706502a46461746191a161a36e7370a42f613f62", "Event", "/a", null, """["a"|]""")] // nsp /a?b
    public void What_the_JavaScript_parser_writes_is_read(string hex, string type, string nsp, long? ackId, string expected)
    {
        var packet = Decode(hex);

        Assert.Equal((type, nsp, ackId), (packet.Type.ToString(), packet.Namespace, packet.AckId));
        Assert.Equal(expected, Payload(packet));
    }

    [Fact]
    public void Numbers_of_all_widths_keep_their_value() =>
        Assert.Equal(
            MessagePackVectors.NumbersJson, Payload(Decode(MessagePackVectors.Numbers)).Replace('|', ','));

    [Theory]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d38000000000000000", "-9223372036854775808")]
    [InlineData("ca3fc00000", "1.5")]
    [InlineData("cb7ff0000000000000", "null")]
    [InlineData("cb7fefffffffffffff", "1.7976931348623157E+308")]
    [InlineData("d902c3a9", "\"é\"")]
    [InlineData("da00015c", "\"\\\\\"")]
    [InlineData("db0000000201220000", null)] // more behind it
    [InlineData("db000000020122", "\"\\u0001\\\"\"")]
    [InlineData("dc000101", "[1]")]
    [InlineData("dd0000000101", "[1]")]
    [InlineData("de0001a16101", "{\"a\":1}")]
    [InlineData("df00000001a16101", "{\"a\":1}")]
    [InlineData("82a161d40000a16201", "{\"b\":1}")]
    public void Every_type_becomes_JSON(string value, string? json)
    {
        var message = "84a47479706503a2696401a36e7370a12fa46461746191" + value;
        var result = Add(message, out var packet, out _);

        Assert.Equal(json is null ? DecodeResult.Error : DecodeResult.Packet, result);
        Assert.Equal(json is null ? [] : [json], Decoding.Texts(packet?.Arguments ?? []));
    }

    [Fact]
    public void Binary_becomes_an_attachment_that_is_a_slice_of_the_message()
    {
        var packet = Decode(MessagePackVectors.Binary);

        Assert.Equal(
            ["""{"_placeholder":true,"num":0}""", """{"c":{"_placeholder":true,"num":1}}"""], Decoding.Texts(packet.Arguments));
        Assert.Equal(["0102", "03"], packet.Attachments.Select(data => Convert.ToHexStringLower(data.Span)));
        Assert.Equal(["0506"], Decode(MessagePackVectors.ArrayBuffer).Attachments.Select(data => Convert.ToHexStringLower(data.Span)));
    }

    [Fact]
    public void A_text_is_refused_and_the_decoder_is_dead_then()
    {
        var decoder = new MessagePackDecoder(ProtocolLimits.Default);

        Assert.Equal(DecodeResult.Error, decoder.AddText(Wire.Bytes("0"), out _, out var error));
        Assert.Contains("(parser)", error.Reason, StringComparison.Ordinal);
        Assert.Equal(DecodeResult.Error, decoder.AddBinary(Convert.FromHexString(MessagePackVectors.Ack), out _, out var again));
        Assert.Equal(error, again);
    }

    [Theory]
    [InlineData("", "ends within")]
    [InlineData("c0", "not a MessagePack map")]
    [InlineData("80", "type")]
    [InlineData("81a47479706500", "namespace")]
    [InlineData("82a47479706500a36e7370a161", "namespace")] // no slash
    [InlineData("82a47479706500a36e737001", "namespace")]
    [InlineData("82a47479706505a36e7370a12f", "within 0..4")] // a binary event
    [InlineData("82a474797065ffa36e7370a12f", "within 0..4")]
    [InlineData("82a4747970659100a36e7370a12f", "within 0..4")]
    [InlineData("8201020304", "no string")]
    [InlineData("83a47479706501a36e7370a12fa46461746101", "DISCONNECT")]
    [InlineData("83a47479706500a36e7370a12fa46461746101", "not an object")]
    [InlineData("83a47479706500a36e7370a12fa46461746181a161c40101", "binary")]
    [InlineData("83a47479706502a36e7370a12fa46461746180", "not an array")]
    [InlineData("83a47479706502a36e7370a12fa46461746190", "no name")]
    [InlineData("82a47479706502a36e7370a12f", "not valid JSON")]
    [InlineData("83a47479706502a36e7370a12fa464617461 91a7636f6e6e656374", "reserved")]
    [InlineData("83a47479706502a36e7370a12fa464617461 9190", "neither a string nor a number")]
    [InlineData("83a47479706503a36e7370a12fa464617461 90", "no id")]
    [InlineData("84a47479706503a36e7370a12fa464617461 90a26964ff", "within 0..")]
    [InlineData("84a47479706503a36e7370a12fa464617461 90a26964cf0020000000000000", "within 0..")]
    [InlineData("83a47479706502a36e7370a12fa464617461 92a1618101a161", "no string")]
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161d50000", "not accepted")] // fixext 2
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161d4ff00", "not accepted")] // fixext 1, type -1
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161c70101ff", "not accepted")] // ext 8, type 1
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161c1", "not accepted")] // never used
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161a1ff", "UTF-8")]
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161a3eda080", "UTF-8")] // half a surrogate pair
    [InlineData("83a47479706502a36e7370a12fa464617461 92a161d7007fffffffffffffff", "years")]
    [InlineData("82a47479706500a36e7370a12f00", "more behind")]
    public void What_is_no_packet_is_refused(string hex, string reason)
    {
        Assert.Equal(DecodeResult.Error, Add(hex.Replace(" ", "", StringComparison.Ordinal), out var packet, out var error));
        Assert.Null(packet);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    private static SocketPacket Decode(string hex)
    {
        var result = Add(hex, out var packet, out var error);
        Assert.True(result == DecodeResult.Packet, error.Reason);
        return packet!;
    }

    private static DecodeResult Add(string hex, out SocketPacket? packet, out ProtocolError error) =>
        new MessagePackDecoder(ProtocolLimits.Default).AddBinary(Convert.FromHexString(hex), out packet, out error);

    private static string Payload(SocketPacket packet) => packet.Type switch
    {
        SocketPacketType.Event => $"[\"{packet.EventName}\"|{string.Join('|', Decoding.Texts(packet.Arguments))}]",
        SocketPacketType.Ack => $"[{string.Join('|', Decoding.Texts(packet.Arguments))}]",
        _ => Wire.Text(packet.Payload),
    };
}
