using System.Text.Json;
using AkkaChat.Serialization;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Serialization;

public class EventArgumentTests
{
    private const string Placeholder = """{"_placeholder":true,"num":1}""";

    [Theory]
    [InlineData("{}", JsonValueKind.Object)]
    [InlineData(" [1]", JsonValueKind.Array)]
    [InlineData("\"a\"", JsonValueKind.String)]
    [InlineData("-1", JsonValueKind.Number)]
    [InlineData("true", JsonValueKind.True)]
    [InlineData("false", JsonValueKind.False)]
    [InlineData("null", JsonValueKind.Null)]
    [InlineData(Placeholder, JsonValueKind.Undefined)]
    [InlineData("""{"_placeholder":false,"num":1}""", JsonValueKind.Object)]
    public void It_knows_its_kind(string json, JsonValueKind kind) => Assert.Equal(kind, Read(json).Kind);

    [Fact]
    public void Binary_is_known_as_such_and_read_without_a_copy()
    {
        var argument = Read(Placeholder);

        Assert.True(argument.IsBinary);
        Assert.Equal([2], argument.AsBytes().ToArray());
        Assert.Equal([2], argument.As<byte[]>()!);
        Assert.Equal([2], argument.As<ReadOnlyMemory<byte>>().ToArray());
    }

    [Fact]
    public void A_placeholder_without_an_attachment_is_JSON()
    {
        var argument = new EventArgument(Wire.Bytes(Placeholder), [], null);

        Assert.False(argument.IsBinary);
        Assert.Equal(JsonValueKind.Object, argument.Kind);
        Assert.ThrowsAny<JsonException>(() => argument.As<byte[]>());
    }

    [Fact]
    public void JSON_has_no_bytes()
    {
        Assert.Contains(
            "As<T>()",
            Assert.Throws<InvalidOperationException>(() => Read("1").AsBytes()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Base64_text_is_read_as_bytes_where_bytes_are_asked_for()
    {
        Assert.Equal([1, 2, 3], Read("\"AQID\"").As<byte[]>()!);
        Assert.ThrowsAny<Exception>(() => Read("[1]").As<byte[]>());
    }

    [Fact]
    public void Raw_arguments_inside_a_type_keep_their_binary()
    {
        var list = Read($"[1,{Placeholder}]").As<EventArgument[]>()!;

        Assert.Equal(1, list[0].As<int>());
        Assert.True(list[1].IsBinary);
        Assert.Equal([2], list[1].AsBytes().ToArray());
    }

    [Fact]
    public void An_argument_that_was_never_given_is_harmless()
    {
        var none = default(EventArgument);

        Assert.False(none.IsBinary);
        Assert.Equal(JsonValueKind.Undefined, none.Kind);
        Assert.Equal("", none.ToString());
        Assert.ThrowsAny<JsonException>(() => none.As<int>());
    }

    [Fact]
    public void All_arguments_can_be_counted_indexed_and_walked()
    {
        EventArguments all = new([Wire.Bytes("1"), Wire.Bytes("\"b\"")], [], ArgumentSerializer.Default);

        Assert.Equal(2, all.Count);
        Assert.Equal("b", all[1].As<string>());
        Assert.Equal(["1", "\"b\""], all.Select(argument => argument.ToString()));
    }

    [Fact]
    public void The_deepest_JSON_that_the_decoder_accepts_can_be_read_and_sent_on()
    {
        // 63 levels inside the packet's own array: max-json-depth is 64.
        var deep = new string('[', 62) + Placeholder + new string(']', 62);
        EventArguments came = new([Wire.Bytes(deep)], [new byte[] { 1 }, new byte[] { 2 }], ArgumentSerializer.Default);

        Assert.Equal(JsonValueKind.Array, came[0].As<JsonElement>().ValueKind);
        Assert.Equal("b:02", Wire.Read(ArgumentSerializer.Default.Event("/", null, "e", [came]))[1]);
    }

    private static EventArgument Read(string json) =>
        new(Wire.Bytes(json), [new byte[] { 1 }, new byte[] { 2 }], ArgumentSerializer.Default);
}
