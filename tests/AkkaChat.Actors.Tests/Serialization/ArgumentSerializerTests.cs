using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaChat.Serialization;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Serialization;

public class ArgumentSerializerTests
{
    private readonly ArgumentSerializer _serializer = ArgumentSerializer.Default;

    [Fact]
    public void Arguments_become_JSON_with_web_defaults()
    {
        Assert.Equal(
            ["42[\"e\",1,\"two\",true,null,{\"firstName\":\"Ann\"},[1,2]]"],
            Event(1, "two", true, null, new { FirstName = "Ann" }, new[] { 1, 2 }));
    }

    [Fact]
    public void More_attachments_than_clients_take_are_refused_before_they_are_sent()
    {
        var serializer = new ArgumentSerializer(null, maxAttachments: 2);
        object?[] three = [new byte[1], new byte[1], new byte[1]];

        Assert.Equal(3, serializer.Event("/", null, "e", three[..2]).Messages.Length);
        var error = Assert.Throws<ArgumentException>(() => serializer.Event("/", null, "e", three));
        Assert.Contains("'e' has 3 binary values", error.Message, StringComparison.Ordinal);
        Assert.Contains("akkachat.max-attachments", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Namespace_and_ack_id_stand_in_front()
    {
        Assert.Equal(["42/a,7[\"e\"]"], Wire.Read(_serializer.Event("/a", 7, "e", [])));
        Assert.Equal(["43/a,7[1]"], Wire.Read(_serializer.Ack("/a", 7, [1])));
    }

    [Fact]
    public void Text_goes_out_readable_and_control_characters_are_escaped()
    {
        Assert.Equal(["42[\"e\",\"é語<&'\\u001E\\n\\\"\"]"], Event("é語<&'\u001e\n\""));
        Assert.Equal(["42[\"a\\\"b\"]"], Wire.Read(_serializer.Event("/", null, "a\"b", [])));
    }

    [Fact]
    public void Binary_becomes_attachments_at_any_depth_in_order()
    {
        byte[] one = [1];
        ReadOnlyMemory<byte> two = new byte[] { 2 };
        Memory<byte> three = new byte[] { 3 };

        Assert.Equal(
            [
                "453-[\"e\",{\"_placeholder\":true,\"num\":0},"
                + "{\"deep\":[{\"data\":{\"_placeholder\":true,\"num\":1}}],\"more\":{\"_placeholder\":true,\"num\":2}}]",
                "b:01", "b:02", "b:03",
            ],
            Event(one, new { Deep = new[] { new { Data = two } }, More = three }));
    }

    [Fact]
    public void Binary_in_an_ack_makes_it_a_binary_ack() => Assert.Equal(
        ["461-7[{\"_placeholder\":true,\"num\":0}]", "b:ff"], Wire.Read(_serializer.Ack("/", 7, [new byte[] { 255 }])));

    [Fact]
    public void Missing_and_empty_binary_are_told_apart()
    {
        Assert.Equal(["42[\"e\",null]"], Event((object?)(byte[]?)null));
        Assert.Equal(["451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "b:"], Event(Array.Empty<byte>()));
        Assert.Equal(["42[\"e\",{\"data\":null}]"], Event(new { Data = (ReadOnlyMemory<byte>?)null }));
    }

    [Fact]
    public void A_buffer_can_be_used_again_after_the_emit()
    {
        byte[] buffer = [1, 2, 3];
        var packet = _serializer.Event("/", null, "e", [buffer, new ReadOnlyMemory<byte>(buffer), new Memory<byte>(buffer)]);
        Array.Fill(buffer, (byte)9);

        Assert.Equal(["b:010203", "b:010203", "b:010203"], Wire.Read(packet)[1..]);
    }

    [Fact]
    public void Arguments_as_they_came_are_spread_and_their_attachments_numbered_anew()
    {
        const string First = """{"_placeholder":true,"num":0}""";
        const string Second = """{"_placeholder":true,"num":1}""";
        EventArguments came = new(
            [Wire.Bytes($"[{Second},{First}]"), Wire.Bytes("\"é\\n\""), Wire.Bytes("1e3")],
            [new byte[] { 10 }, new byte[] { 11 }],
            _serializer);

        Assert.Equal(
            [
                "453-[\"e\",{\"_placeholder\":true,\"num\":0},"
                + "[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":2}],\"é\\n\",1e3]",
                "b:ff", "b:0b", "b:0a",
            ],
            Event(new byte[] { 255 }, came));
    }

    [Fact]
    public void Only_the_attachments_that_an_argument_uses_go_out_with_it()
    {
        EventArguments came = new(
            [Wire.Bytes("""{"_placeholder":true,"num":0}"""), Wire.Bytes("""{"a":{"_placeholder":true,"num":1},"b":null}""")],
            [new byte[] { 10 }, new byte[] { 11 }],
            _serializer);

        Assert.Equal(
            ["451-[\"e\",{\"a\":{\"_placeholder\":true,\"num\":0},\"b\":null}]", "b:0b"], Event(came[1]));
    }

    [Fact]
    public void A_raw_argument_inside_another_value_goes_out_as_it_came()
    {
        EventArguments came = new([Wire.Bytes("""{"_placeholder":true,"num":0}""")], [new byte[] { 10 }], _serializer);

        Assert.Equal(
            ["451-[\"e\",{\"inner\":{\"_placeholder\":true,\"num\":0}}]", "b:0a"], Event(new { Inner = came[0] }));
        Assert.Equal(["42[\"e\",null]"], Event(default(EventArgument)));
    }

    [Fact]
    public void What_looks_like_a_placeholder_and_is_none_stays_as_it_is()
    {
        EventArguments came = new(
            [Wire.Bytes("""[{"_placeholder":false,"num":0},{"num":0},{"_placeholder":true},{},{"_placeholder":true,"num":0}]""")],
            [new byte[] { 10 }],
            _serializer);

        Assert.Equal(
            "451-[\"e\",[{\"_placeholder\":false,\"num\":0},{\"num\":0},{\"_placeholder\":true},{},"
            + "{\"_placeholder\":true,\"num\":0}]]",
            Event(came)[0]);
    }

    [Fact]
    public void The_applications_options_are_used_and_stay_as_they_are()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter() },
        };
        var serializer = new ArgumentSerializer(options);

        var packet = serializer.Event("/", null, "e", [new { FirstName = DayOfWeek.Friday, Data = new byte[] { 1 } }]);
        Assert.Equal(
            ["451-[\"e\",{\"first_name\":\"Friday\",\"data\":{\"_placeholder\":true,\"num\":0}}]", "b:01"], Wire.Read(packet));
        Assert.False(options.IsReadOnly);
        Assert.Single(options.Converters);
        Assert.Equal(DayOfWeek.Friday, serializer.Deserialize<DayOfWeek>("\"Friday\""u8, []));
    }

    [Fact]
    public void A_converter_may_emit_while_a_packet_is_written()
    {
        string[]? inner = null;
        var options = new JsonSerializerOptions();
        ArgumentSerializer serializer = null!;
        options.Converters.Add(new EmittingConverter(
            () => inner = Wire.Read(serializer.Event("/", null, "inner", [new byte[] { 2 }]))));
        serializer = new ArgumentSerializer(options);

        var outer = Wire.Read(serializer.Event("/", null, "outer", [new byte[] { 1 }, new Emitting(), new byte[] { 3 }]));

        Assert.Equal(["451-[\"inner\",{\"_placeholder\":true,\"num\":0}]", "b:02"], inner!);
        Assert.Equal(["b:01", "b:03"], outer[1..]);
    }

    [Fact]
    public void A_value_that_cannot_be_written_throws_and_leaves_nothing_for_the_next_packet()
    {
        Assert.ThrowsAny<Exception>(() => Event("text", new Unwritable()));
        Assert.Equal(["42[\"e\",1]"], Event(1));
    }

    [Fact]
    public void A_refusal_has_message_and_data()
    {
        Assert.Equal(["44{\"message\":\"no\"}"], Wire.Read(_serializer.ConnectError("/", Connect.Refuse("no"), isLegacy: false)));
        Assert.Equal(
            ["44/a,{\"message\":\"no\",\"data\":{\"code\":7}}"],
            Wire.Read(_serializer.ConnectError("/a", Connect.Refuse("no", new { Code = 7 }), isLegacy: false)));
        Assert.Equal(
            ["44{\"message\":\"no\",\"data\":null}"],
            Wire.Read(_serializer.ConnectError("/", Connect.Refuse("no", null), isLegacy: false)));
    }

    [Fact]
    public async Task Threads_do_not_share_what_they_write()
    {
        await Limit.RunAtOnce(4, number =>
        {
            for (var round = 0; round < 2000; round++)
            {
                Assert.Equal(
                    [$"451-[\"e\",{number},{{\"_placeholder\":true,\"num\":0}}]", $"b:0{number}"],
                    Event(number, new[] { (byte)number }));
            }
        });
    }

    private string[] Event(params object?[] arguments) => Wire.Read(_serializer.Event("/", null, "e", arguments));

    private sealed class Emitting;

    private sealed class EmittingConverter(Action emit) : JsonConverter<Emitting>
    {
        public override Emitting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new();

        public override void Write(Utf8JsonWriter writer, Emitting value, JsonSerializerOptions options)
        {
            emit();
            writer.WriteNullValue();
        }
    }

    private sealed class Unwritable
    {
        public int Value => throw new InvalidOperationException();
    }
}
