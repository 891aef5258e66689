using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.EngineIO;

public class EnginePacketCodecTests
{
    [Theory]
    [InlineData("0{}", "Open", "{}")]
    [InlineData("1", "Close", "")]
    [InlineData("2", "Ping", "")]
    [InlineData("2probe", "Ping", "probe")]
    [InlineData("3", "Pong", "")]
    [InlineData("3probe", "Pong", "probe")]
    [InlineData("4", "Message", "")]
    [InlineData("4hello", "Message", "hello")]
    [InlineData("4é😀", "Message", "é😀")]
    [InlineData("4\u001e", "Message", "\u001e")]
    [InlineData("5", "Upgrade", "")]
    [InlineData("6", "Noop", "")]
    public void Text_is_a_type_digit_and_data(string wire, string type, string data)
    {
        Assert.True(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _));

        Assert.Equal(type, packet.Type.ToString());
        Assert.Equal(data, Wire.Text(packet.Data));
        Assert.False(packet.IsBinary);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("7", "unknown Engine.IO packet type '7'")]
    [InlineData("/", "unknown Engine.IO packet type '/'")]
    [InlineData("abc", "unknown Engine.IO packet type 'a'")]
    [InlineData("bAQID", "unknown Engine.IO packet type 'b'")]
    [InlineData("\u0000", "unknown Engine.IO packet type 0x00")]
    [InlineData("é", "unknown Engine.IO packet type 0xc3")]
    public void Empty_text_and_unknown_types_are_errors(string wire, string reason)
    {
        Assert.False(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out _, out var error));

        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("34ff", "a byte that is never used")]
    [InlineData("34c3", "cut in a character")]
    [InlineData("34c0af", "an overlong form")]
    [InlineData("34eda080", "a surrogate")]
    [InlineData("34f4908080", "beyond U+10FFFF")]
    public void Section_6_6_invalid_UTF8_is_an_error(string hex, string why)
    {
        Assert.False(EnginePacketCodec.TryDecodeText(Convert.FromHexString(hex), out _, out var error), why);

        Assert.Contains("UTF-8", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_is_a_slice_of_the_text()
    {
        var wire = Wire.Bytes("4hello");

        EnginePacketCodec.TryDecodeText(wire, out var packet, out _);

        Assert.True(packet.Data.Equals(wire[1..]));
    }

    [Fact]
    public void Binary_is_always_a_message()
    {
        ReadOnlyMemory<byte> data = new byte[] { (byte)'2', 0xff };

        var packet = EnginePacketCodec.FromBinary(data);

        Assert.Equal(new EnginePacket(EnginePacketType.Message, data, IsBinary: true), packet);
        Assert.False(EnginePacketCodec.IsProbe(packet));
    }

    [Theory]
    [InlineData("2probe", true)]
    [InlineData("2", false)]
    [InlineData("2probe2", false)]
    [InlineData("3probe", false)]
    [InlineData("4probe", false)]
    public void A_probe_is_a_ping_that_says_so(string wire, bool expected)
    {
        EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _);

        Assert.Equal(expected, EnginePacketCodec.IsProbe(packet));
    }

    [Fact]
    public void Control_packets_are_ready_made()
    {
        Assert.Equal(["2"], Wire.Messages(EnginePacketCodec.Ping));
        Assert.Equal(["3"], Wire.Messages(EnginePacketCodec.Pong));
        Assert.Equal(["6"], Wire.Messages(EnginePacketCodec.Noop));
        Assert.Equal(["1"], Wire.Messages(EnginePacketCodec.Close));
        Assert.Equal(["3probe"], Wire.Messages(EnginePacketCodec.ProbePong));
        Assert.Same(EnginePacketCodec.Ping, EnginePacketCodec.Ping);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("é😀")]
    public void Bare_text_messages_get_the_digit_4(string text)
    {
        Assert.Equal(["4" + text], Wire.Messages(EnginePacketCodec.EncodeMessage(text)));
        Assert.Equal(["4" + text], Wire.Messages(EnginePacketCodec.EncodeMessage(Wire.Bytes(text).Span)));
    }

    [Fact]
    public void Bare_binary_messages_get_no_digit()
    {
        var packet = EnginePacketCodec.EncodeBinary(new byte[] { 1, 2, 3, 4 });

        Assert.Equal(["bAQIDBA=="], Wire.Messages(packet));
        Assert.Equal(4, packet.Size);
    }

    [Fact]
    public void Any_text_comes_back_as_it_was() => Properties.ForAll(Generators.MessageText, text =>
    {
        var wire = EnginePacketCodec.EncodeMessage(text).Messages[0].Data;

        Assert.True(EnginePacketCodec.TryDecodeText(wire, out var packet, out _));
        Assert.Equal(EnginePacketType.Message, packet.Type);
        Assert.Equal(text, Wire.Text(packet.Data));
    });
}
