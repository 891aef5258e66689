using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.SocketIO;

public class SocketPacketDecoderTests
{
    private const string TwoPlaceholders = """["a",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]""";

    [Theory]
    [InlineData("", "empty")]
    [InlineData("7", "unknown Socket.IO packet type '7'")]
    [InlineData("9[]", "unknown Socket.IO packet type '9'")]
    [InlineData("abc", "unknown Socket.IO packet type 'a'")]
    [InlineData(" 2[\"a\"]", "unknown Socket.IO packet type")]
    public void Unknown_packet_types_are_errors(string text, string reason) =>
        Assert.Contains(reason, Decoding.Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("2")]
    [InlineData("2{}")]
    [InlineData("2[]")]
    [InlineData("2\"a\"")]
    [InlineData("2null")]
    [InlineData("2 ")]
    [InlineData("217")]
    [InlineData("2/nsp")]
    [InlineData("2/nsp,")]
    [InlineData("2/nsp[\"a\"]")]
    [InlineData("2[\"a\"")]
    [InlineData("2[\"a\"]]")]
    [InlineData("2[\"a\"]x")]
    [InlineData("2[\"a\"] [\"b\"]")]
    [InlineData("2[\"a\",]")]
    [InlineData("2[\"a\"/**/]")]
    [InlineData("2['a']")]
    [InlineData("2[\"a\",undefined]")]
    [InlineData("2[\"a\",NaN]")]
    [InlineData("2[\"a\",01]")]
    [InlineData("2[\"a\nb\"]")]
    [InlineData("2[\"\\x\"]")]
    [InlineData("2\ufeff[\"a\"]")]
    [InlineData("23-[\"a\"]")]
    [InlineData("2-[\"a\"]")]
    public void An_event_is_a_non_empty_JSON_array(string text) => Decoding.Refusal(text);

    [Theory]
    [InlineData("2abc[\"a\"]")]
    [InlineData("2-1[\"a\"]")]
    [InlineData("2+1[\"a\"]")]
    [InlineData("21.5[\"a\"]")]
    [InlineData("21e3[\"a\"]")]
    [InlineData("2 1[\"a\"]")]
    [InlineData("29007199254740992[\"a\"]")]
    [InlineData("200000000000000001[\"a\"]")]
    [InlineData("3[]")]
    [InlineData("3/nsp,[]")]
    [InlineData("3abc[]")]
    [InlineData("60-[]")]
    public void An_ack_id_is_a_decimal_number_and_an_ack_has_one(string text) => Decoding.Refusal(text);

    [Theory]
    [InlineData("31")]
    [InlineData("31{}")]
    [InlineData("31\"a\"")]
    [InlineData("31[")]
    public void The_payload_of_an_ack_is_an_array(string text) => Decoding.Refusal(text);

    [Theory]
    [InlineData("0[]")]
    [InlineData("0null")]
    [InlineData("0\"x\"")]
    [InlineData("012")]
    [InlineData("0{")]
    [InlineData("0{}}")]
    [InlineData("0{a:1}")]
    [InlineData("0 ")]
    [InlineData("0abc")]
    [InlineData("0/admin,[]")]
    [InlineData("0admin")]
    [InlineData("4[]")]
    [InlineData("44")]
    [InlineData("4null")]
    public void The_payload_of_a_connect_is_an_object_or_absent(string text) => Decoding.Refusal(text);

    [Theory]
    [InlineData("1{}")]
    [InlineData("1[]")]
    [InlineData("11")]
    [InlineData("1 ")]
    [InlineData("1/admin,{}")]
    public void A_disconnect_has_no_payload(string text) => Decoding.Refusal(text);

    [Theory]
    [InlineData("5[\"a\"]")]
    [InlineData("5-[\"a\"]")]
    [InlineData("5x-[\"a\"]")]
    [InlineData("5+1-[\"a\"]")]
    [InlineData("5-1-[\"a\"]")]
    [InlineData("51.0-[\"a\"]")]
    [InlineData("51[\"a\"]")]
    [InlineData("51")]
    [InlineData("5")]
    [InlineData("6[]")]
    [InlineData("5/nsp,1-[\"a\"]")]
    public void A_binary_packet_has_an_attachment_count(string text) =>
        Assert.Contains("no attachment count", Decoding.Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void The_reason_names_the_limit_and_the_setting() =>
        Assert.Equal(
            "attachment count 11 is over the limit of 10 (max-attachments)", Decoding.Refusal("511-[\"a\"]"));

    [Fact]
    public void Limits_are_the_callers()
    {
        var limits = new ProtocolLimits { MaxAttachments = 1, MaxDepth = 2, MaxNameLength = 3 };

        Assert.Contains("(max-attachments)", Decoding.Refusal("52-[\"a\"]", limits), StringComparison.Ordinal);
        Assert.Contains("JSON", Decoding.Refusal("2[\"a\",[[]]]", limits), StringComparison.Ordinal);
        Assert.Contains("(max-name-length)", Decoding.Refusal("2[\"abcd\"]", limits), StringComparison.Ordinal);
        Assert.Contains("(max-name-length)", Decoding.Refusal("0/abc", limits), StringComparison.Ordinal);
        var decoder = new SocketPacketDecoder(limits);
        Assert.Equal(DecodeResult.Packet, decoder.AddText(Wire.Bytes("2/ab,[\"abc\",[]]"), out _, out _));
    }

    [Fact]
    public void A_binary_event_is_complete_with_its_last_attachment()
    {
        var decoder = Decoding.NewDecoder();
        var text = Wire.Bytes("52-/nsp,7" + TwoPlaceholders);

        Assert.Equal(DecodeResult.NeedMore, decoder.AddText(text, out var packet, out _));
        Assert.Null(packet);
        Assert.True(decoder.AwaitsAttachments);
        Assert.Equal(DecodeResult.NeedMore, decoder.AddBinary(new byte[] { 1, 2, 3 }, out packet, out _));
        Assert.Null(packet);
        Assert.Equal(DecodeResult.Packet, decoder.AddBinary(new byte[] { 4 }, out packet, out _));

        Assert.Equal(SocketPacketType.Event, packet!.Type);
        Assert.Equal("/nsp", packet.Namespace);
        Assert.Equal(7, packet.AckId);
        Assert.Equal("a", packet.EventName);
        Assert.Equal(2, packet.Arguments.Length);
        Assert.Equal(["010203", "04"], packet.Attachments.Select(data => Convert.ToHexString(data.Span)));
    }

    [Fact]
    public void A_binary_ack_is_given_as_an_ack()
    {
        var decoder = Decoding.NewDecoder();

        decoder.AddText(Wire.Bytes("""61-7[{"_placeholder":true,"num":0}]"""), out _, out _);
        Assert.Equal(DecodeResult.Packet, decoder.AddBinary(ReadOnlyMemory<byte>.Empty, out var packet, out _));

        Assert.Equal(SocketPacketType.Ack, packet!.Type);
        Assert.Equal(7, packet.AckId);
        Assert.Null(packet.EventName);
        Assert.True(Assert.Single(packet.Attachments).IsEmpty);
    }

    [Fact]
    public void Pending_bytes_are_the_text_and_the_attachments_so_far()
    {
        var decoder = Decoding.NewDecoder();
        var text = Wire.Bytes("52-" + TwoPlaceholders);

        Assert.Equal(0, decoder.PendingBytes);
        decoder.AddText(text, out _, out _);
        Assert.Equal(text.Length, decoder.PendingBytes);
        decoder.AddBinary(new byte[100], out _, out _);
        Assert.Equal(text.Length + 100, decoder.PendingBytes);
        decoder.AddBinary(new byte[100], out _, out _);
        Assert.Equal(0, decoder.PendingBytes);
        Assert.False(decoder.AwaitsAttachments);
    }

    [Fact]
    public void Packets_of_one_decoder_do_not_share_attachments()
    {
        var decoder = Decoding.NewDecoder();
        var text = Wire.Bytes("""51-["a",{"_placeholder":true,"num":0}]""");

        decoder.AddText(text, out _, out _);
        decoder.AddBinary(new byte[] { 1 }, out var first, out _);
        decoder.AddText(text, out _, out _);
        decoder.AddBinary(new byte[] { 2 }, out var second, out _);

        Assert.Equal(1, Assert.Single(first!.Attachments).Span[0]);
        Assert.Equal(2, Assert.Single(second!.Attachments).Span[0]);
    }

    [Fact]
    public void Binary_that_nobody_awaits_is_an_error()
    {
        var decoder = Decoding.NewDecoder();
        decoder.AddText(Wire.Bytes("50-[\"a\"]"), out _, out _);

        Assert.Equal(DecodeResult.Error, decoder.AddBinary(new byte[] { 1 }, out var packet, out var error));
        Assert.Null(packet);
        Assert.Contains("no attachment is awaited", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_while_attachments_are_awaited_is_an_error()
    {
        var decoder = Decoding.NewDecoder();
        decoder.AddText(Wire.Bytes("52-" + TwoPlaceholders), out _, out _);

        Assert.Equal(DecodeResult.Error, decoder.AddText(Wire.Bytes("2[\"b\"]"), out var packet, out var error));
        Assert.Null(packet);
        Assert.Contains("2 attachments are awaited", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_error_the_decoder_is_dead()
    {
        var decoder = Decoding.NewDecoder();
        decoder.AddText(Wire.Bytes("52-" + TwoPlaceholders), out _, out _);
        decoder.AddText(Wire.Bytes("9"), out _, out var reason);

        Assert.Equal(DecodeResult.Error, decoder.AddText(Wire.Bytes("2[\"b\"]"), out _, out var fromText));
        Assert.Equal(DecodeResult.Error, decoder.AddBinary(new byte[] { 1 }, out _, out var fromBinary));
        Assert.Equal(reason, fromText);
        Assert.Equal(reason, fromBinary);
        Assert.False(decoder.AwaitsAttachments);
        Assert.Equal(0, decoder.PendingBytes);
    }

    [Fact]
    public void Arguments_and_payloads_are_slices_of_the_text()
    {
        var text = Wire.Bytes("2[\"a\",123]");
        Decoding.NewDecoder().AddText(text, out var packet, out _);

        Assert.True(packet!.Arguments[0].Equals(text.Slice(6, 3)));
    }

    [Fact]
    public void Many_arguments_are_all_there()
    {
        var numbers = Enumerable.Range(0, 1000).Select(i => $"{i}").ToArray();

        var packet = Decoding.Decode($"2[\"a\",{string.Join(',', numbers)}]");

        Assert.Equal(numbers, Decoding.Texts(packet.Arguments));
    }
}
