using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.SocketIO;

public class PlaceholderTests
{
    [Theory]
    [InlineData("""{"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"num":"0"}""")]
    [InlineData("""{"_placeholder":true,"num":"splice"}""")] // V-05
    [InlineData("""{"_placeholder":true,"num":-1}""")] // V-44
    [InlineData("""{"_placeholder":true,"num":2}""")]
    [InlineData("""{"_placeholder":true,"num":99999999999999999999}""")]
    [InlineData("""{"_placeholder":true,"num":0.5}""")]
    [InlineData("""{"_placeholder":true,"num":1e400}""")]
    [InlineData("""{"_placeholder":true,"num":null}""")]
    [InlineData("""{"_placeholder":true,"num":true}""")]
    [InlineData("""{"_placeholder":true,"num":[0]}""")]
    [InlineData("""{"_placeholder":true,"num":{"num":0}}""")]
    [InlineData("""{"num":5,"_placeholder":true}""")]
    [InlineData("""{"num":{"a":[{"b":1}]},"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"num":0,"num":9}""")]
    [InlineData("""{"_placeholder":true,"num":9,"num":0}""")]
    [InlineData("""{"_placeholder":true,"_placeholder":false,"num":9}""")]
    [InlineData("""{"_placehold\u0065r":true,"num":9}""")]
    [InlineData("""{"_placeholder":true,"n\u0075m":9}""")]
    [InlineData("""[{"a":[{"_placeholder":true,"num":9}]}]""")]
    [InlineData("""{"_placeholder":true,"num":0,"x":{"_placeholder":true,"num":9}}""")]
    [InlineData("""{"x":{"num":0},"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"num":0},{"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"x":{"num":0}}""")]
    public void A_placeholder_that_points_at_no_attachment_is_an_error(string argument)
    {
        Assert.Contains("2 attachments", Decoding.Refusal($"52-[\"a\",{argument}]"), StringComparison.Ordinal);
        Assert.Contains("2 attachments", Decoding.Refusal($"62-7[{argument}]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_placeholder":true,"num":0}""")]
    [InlineData("""{"num":1,"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"num":1,"extra":{"num":9}}""")]
    [InlineData("""[{"a":[{"_placeholder":true,"num":1}]},{"_placeholder":true,"num":0}]""")]
    [InlineData("""[{"_placeholder":true,"num":1},{"_placeholder":true,"num":1}]""")]
    [InlineData("""{"_placeholder":true,"num":0,"x":{"_placeholder":true,"num":1}}""")]
    [InlineData("""{"_placeholder":false,"num":9}""")]
    [InlineData("""{"_placeholder":1,"num":9}""")]
    [InlineData("""{"_placeholder":"true","num":9}""")]
    [InlineData("""{"_placeholder":[true],"num":9}""")]
    [InlineData("""{"_placeholder":{"_placeholder":true,"num":0},"num":9}""")]
    [InlineData("""{"num":"splice"}""")]
    [InlineData("""{"num":9},{"_placeholder":true,"num":0}""")]
    [InlineData("""{"_placeholder":true,"num":0},{"num":9}""")]
    [InlineData("""["_placeholder",true,"num",9]""")]
    [InlineData("\"no placeholder at all\"")]
    public void Everything_else_is_data(string argument)
    {
        var decoder = Decoding.NewDecoder();

        Assert.Equal(DecodeResult.NeedMore, decoder.AddText(Wire.Bytes($"52-[\"a\",{argument}]"), out _, out _));
    }

    [Fact]
    public void In_a_packet_without_attachments_every_placeholder_is_an_error() =>
        Assert.Contains(
            "0 attachments",
            Decoding.Refusal("""50-["a",{"_placeholder":true,"num":0}]"""),
            StringComparison.Ordinal);

    [Fact]
    public void In_a_packet_that_is_not_binary_placeholders_are_plain_data()
    {
        const string Argument = """{"_placeholder":true,"num":"splice"}""";

        Assert.Equal([Argument], Decoding.Texts(Decoding.Decode($"2[\"a\",{Argument}]").Arguments));
        Assert.Equal([Argument], Decoding.Texts(Decoding.Decode($"37[{Argument}]").Arguments));
        Assert.Equal(Argument, Wire.Text(Decoding.Decode($"0{Argument}").Payload));
    }

    [Fact]
    public void A_placeholder_may_lie_as_deep_as_JSON_may()
    {
        var inner = """{"_placeholder":true,"num":7}""";
        var deep = string.Concat(Enumerable.Repeat("[", 62)) + inner + new string(']', 62);

        Assert.Contains("placeholder", Decoding.Refusal($"51-[\"a\",{deep}]"), StringComparison.Ordinal);
    }
}
