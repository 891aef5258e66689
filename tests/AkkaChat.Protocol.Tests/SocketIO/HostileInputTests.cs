using System.Runtime.CompilerServices;
using System.Text;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests.SocketIO;

/// <summary>
/// Published vulnerabilities of the field (V-..) and the inputs of section 6.6: each costs the sender alone.
/// </summary>
public class HostileInputTests
{
    private const int TenMegabytes = 10_000_000;
    private const int Megabyte = 1_000_000;

    [Fact]
    public void V03_the_event_named_error_is_an_ordinary_one() =>
        Assert.Equal("error", Decoding.Decode("2[\"error\"]").EventName);

    [Theory]
    [InlineData("5", '1')]
    [InlineData("5", '0')]
    [InlineData("2", '1')]
    [InlineData("2", '0')]
    [InlineData("3", '9')]
    [InlineData("2/", 'a')]
    [InlineData("2/", '?')]
    [InlineData("0/", '/')]
    public void V04_a_header_of_ten_megabytes_is_refused_without_copying_it(string start, char filler)
    {
        var text = Wire.Bytes(start + new string(filler, TenMegabytes));

        Assert.InRange(Allocations.Of(() => AddTo(Decoding.NewDecoder(), text)), 0, Allocations.Constant);
        Assert.Equal(DecodeResult.Error, AddTo(Decoding.NewDecoder(), text));
    }

    [Fact]
    public void V05_a_placeholder_named_like_a_method_is_an_error() =>
        Decoding.Refusal("""51-["hello",{"_placeholder":true,"num":"splice"}]""");

    [Theory]
    [InlineData("2[{\"toString\":\"foo\"}]")] // V-06
    [InlineData("2[[\"a\"]]")] // V-41
    [InlineData("2[{}]")]
    [InlineData("2[null]")]
    [InlineData("2[true]")]
    [InlineData("2[false,\"a\"]")]
    public void V06_V41_an_event_name_is_a_string_or_a_number(string text) =>
        Assert.Contains("neither a string nor a number", Decoding.Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [InlineData("\\u0063onnect")]
    public void V07_V43_reserved_names_are_errors(string name)
    {
        Assert.Contains("reserved", Decoding.Refusal($"2[\"{name}\"]"), StringComparison.Ordinal);
        Assert.Contains("reserved", Decoding.Refusal($"2/nsp,1[\"{name}\",\"x\"]"), StringComparison.Ordinal);
        Assert.Contains("reserved", Decoding.Refusal($"51-[\"{name}\"]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect")]
    [InlineData("connect ")]
    [InlineData("connecting")]
    [InlineData("dısconnect")]
    public void V07_only_the_reserved_names_themselves_are(string name) =>
        Assert.Equal(name, Decoding.Decode($"2[\"{name}\"]").EventName);

    [Theory]
    [InlineData("59999999-[\"x\",{\"_placeholder\":true,\"num\":0}]", "(max-attachments)")]
    [InlineData("511-[\"x\"]", "(max-attachments)")]
    [InlineData("611-7[]", "(max-attachments)")]
    [InlineData("59999999999-[\"x\"]", "(max-attachments)")]
    [InlineData("599999999999-[\"x\"]", "no attachment count")]
    public void V08_V44_too_many_attachments_are_refused_at_the_header(string text, string reason) =>
        Assert.Contains(reason, Decoding.Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void V23_the_layer_above_sees_at_once_that_attachments_are_awaited()
    {
        var decoder = Decoding.NewDecoder();

        Assert.Equal(DecodeResult.NeedMore, AddTo(decoder, Wire.Bytes("51-[\"a\"]")));
        Assert.True(decoder.AwaitsAttachments);
        Assert.Equal(8, decoder.PendingBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void V23_a_decoder_keeps_nothing_of_a_packet_that_is_complete_or_refused(bool complete)
    {
        var decoder = Decoding.NewDecoder();

        var data = AddAttachmentThen(decoder, complete);
        GC.Collect();

        Assert.False(data.IsAlive);
        GC.KeepAlive(decoder);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void V31_nesting_is_limited_to_64_levels(string open, string close)
    {
        var allowed = Nested(open, close, 63);
        var tooDeep = Nested(open, close, 64);

        Assert.Equal([allowed], Decoding.Texts(Decoding.Decode($"2[\"a\",{allowed}]").Arguments));
        Assert.Equal([allowed], Decoding.Texts(Decoding.Decode($"50-[\"a\",{allowed}]").Arguments));
        Decoding.Refusal($"2[\"a\",{tooDeep}]");
        Decoding.Refusal($"50-[\"a\",{tooDeep}]");
        Decoding.Refusal($"37[{tooDeep}]");
        Decoding.Refusal($"0{Nested(open, close, 65)}");
    }

    [Theory]
    [InlineData("2[\"a\",", "[")]
    [InlineData("51-[\"a\",", "{\"_placeholder\":")]
    [InlineData("0", "{\"a\":")]
    public void V31_a_hundred_thousand_levels_cost_no_stack_and_no_memory(string start, string open)
    {
        var text = Wire.Bytes(start + string.Concat(Enumerable.Repeat(open, 100_000)));

        Assert.InRange(Allocations.Of(() => AddTo(Decoding.NewDecoder(), text)), 0, Allocations.Constant);
        Assert.Equal(DecodeResult.Error, AddTo(Decoding.NewDecoder(), text));
    }

    [Fact]
    public void V44_after_a_bad_placeholder_nothing_is_half_built()
    {
        var decoder = Decoding.NewDecoder();

        Assert.Equal(DecodeResult.Error, AddTo(decoder, Wire.Bytes("""51-["a",{"_placeholder":true,"num":-1}]""")));
        Assert.False(decoder.AwaitsAttachments);
        Assert.Equal(DecodeResult.Error, decoder.AddBinary(new byte[] { 1 }, out _, out _));
    }

    [Fact]
    public void V44_text_is_never_taken_for_an_attachment()
    {
        var decoder = Decoding.NewDecoder();
        AddTo(decoder, Wire.Bytes("""51-["a",{"_placeholder":true,"num":0}]"""));

        Assert.Equal(DecodeResult.Error, AddTo(decoder, Wire.Bytes("2[\"b\"]")));
    }

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["a","\ud800"]""")]
    [InlineData("""["a","\udc00"]""")]
    [InlineData("""["a","\udc00\ud800"]""")]
    [InlineData("""["a","\ud800\ud800\udc00"]""")]
    [InlineData("""["a","\ud800x\udc00"]""")]
    [InlineData("""["a","\ud800\n"]""")]
    [InlineData("""["a","\\\ud800"]""")]
    [InlineData("""["a","\uD83D\uDE00\uD83D"]""")]
    [InlineData("""["a",{"\ud800":1}]""")]
    [InlineData("""["a",[{"b":{"c":"\udfff"}}]]""")]
    public void Section_6_6_half_a_surrogate_pair_is_an_error(string array)
    {
        Assert.Contains("surrogate", Decoding.Refusal("2" + array), StringComparison.Ordinal);
        Assert.Contains("surrogate", Decoding.Refusal("37" + array), StringComparison.Ordinal);
        Assert.Contains("surrogate", Decoding.Refusal("50-" + array), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["a","\ud83d\ude00"]""")]
    [InlineData("""["a","\uD83D\uDE00\uD83D\uDE00"]""")]
    [InlineData("""["a","\\ud800"]""")]
    [InlineData("""["a","\\\\ud800"]""")]
    [InlineData("""["a","\ud7ff\ue000\uffff\u0000"]""")]
    [InlineData("""["a",1e400,-1e400,1e-400]""")]
    [InlineData("""["a",9007199254740993,123456789012345678901234567890]""")]
    [InlineData("""["a",{"b":1,"b":2}]""")]
    [InlineData("""["a",{"__proto__":{"x":1},"constructor":2}]""")]
    public void Section_6_6_unusual_but_valid_JSON_is_accepted(string array) =>
        Assert.Equal("a", Decoding.Decode("2" + array).EventName);

    [Theory]
    [InlineData("2999999999999999999[\"a\"]")]
    [InlineData("2/nsp,9007199254740992[\"a\"]")]
    [InlineData("3999999999999999999[\"a\"]")]
    public void Section_6_6_ack_ids_over_2_to_the_53_are_errors(string text) =>
        Assert.Contains("ack id", Decoding.Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("2[\"a\\u0000b\"]")]
    [InlineData("2[\"\\n\"]")]
    [InlineData("2[\"\\u001f\"]")]
    [InlineData("2[\"a\u007f\"]")]
    [InlineData("2/a\u0000,[\"a\"]")]
    [InlineData("0/a\nb")]
    [InlineData("0/\u007f,{}")]
    public void Section_6_6_control_characters_in_names_are_errors(string text) =>
        Assert.Contains("control character", Decoding.Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("2[\"{0}\"]")]
    [InlineData("2[{1}]")]
    [InlineData("2[1.{1}]")]
    [InlineData("2/{0},[\"a\"]")]
    [InlineData("2/{0}?query,[\"a\"]")]
    [InlineData("0/{0}")]
    public void Section_6_6_names_of_a_megabyte_are_refused_without_copying_them(string format)
    {
        var text = format
            .Replace("{0}", new string('a', Megabyte), StringComparison.Ordinal)
            .Replace("{1}", new string('1', Megabyte), StringComparison.Ordinal);

        Assert.Contains("(max-name-length)", Decoding.Refusal(text), StringComparison.Ordinal);
        var bytes = Wire.Bytes(text);
        Assert.InRange(Allocations.Of(() => AddTo(Decoding.NewDecoder(), bytes)), 0, Allocations.Constant);
    }

    [Fact]
    public void Section_6_6_an_escaped_name_of_a_megabyte_is_refused_without_unescaping_it()
    {
        var text = Wire.Bytes($"2[\"{string.Concat(Enumerable.Repeat("\\u0061", Megabyte / 6))}\"]");

        Assert.InRange(Allocations.Of(() => AddTo(Decoding.NewDecoder(), text)), 0, Allocations.Constant);
        Assert.Equal(DecodeResult.Error, AddTo(Decoding.NewDecoder(), text));
    }

    [Theory]
    [InlineData("a", 512)]
    [InlineData("é", 256)]
    [InlineData("\\u0061", 512)]
    [InlineData("\\u00e9", 256)]
    [InlineData("\\ud83d\\ude00", 128)]
    public void Names_are_measured_in_bytes_of_their_text(string character, int longest)
    {
        var name = string.Concat(Enumerable.Repeat(character, longest));

        Assert.Equal(512, Encoding.UTF8.GetByteCount(Decoding.Decode($"2[\"{name}\"]").EventName!));
        Assert.Contains("(max-name-length)", Decoding.Refusal($"2[\"{name}a\"]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_does_not_count_as_part_of_the_namespace()
    {
        var query = new string('q', 10_000);

        Assert.Equal("/nsp", Decoding.Decode($"0/nsp?{query}").Namespace);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("user/$a")]
    [InlineData("%2F")]
    [InlineData("#")]
    [InlineData("\u2028")]
    [InlineData("ı")]
    public void Section_6_6_names_that_mean_something_elsewhere_are_only_names(string name)
    {
        Assert.Equal(name, Decoding.Decode($"2[\"{name}\"]").EventName);
        Assert.Equal("/" + name, Decoding.Decode($"0/{name}").Namespace);
    }

    [Fact]
    public void Section_6_6_names_are_not_normalised() =>
        Assert.NotEqual(Decoding.Decode("2[\"e\u0301\"]").EventName, Decoding.Decode("2[\"\u00e9\"]").EventName);

    [Theory]
    [InlineData("2[\"a\"", ",1", "]")]
    [InlineData("2[\"a\"", ",[]", "]")]
    [InlineData("37[1", ",\"\\n\"", "]")]
    [InlineData("51-[\"a\"", ",{\"_placeholder\":true,\"num\":0}", "]")]
    [InlineData("0{\"a\":0", ",\"a\":1", "}")]
    public void A_megabyte_of_small_values_costs_no_more_than_its_size(string start, string part, string end)
    {
        var text = Wire.Bytes(start + string.Concat(Enumerable.Repeat(part, Megabyte / part.Length)) + end);

        Assert.NotEqual(DecodeResult.Error, AddTo(Decoding.NewDecoder(), text));
        Allocations.AreWithin(text.Length, () => AddTo(Decoding.NewDecoder(), text));
    }

    [Fact]
    public void Half_a_million_arguments_cost_their_slices_and_no_scratch_space()
    {
        const int BytesPerSlice = 16;
        var count = Megabyte / 2;
        var text = Wire.Bytes($"31[0{string.Concat(Enumerable.Repeat(",1", count - 1))}]");

        var allocated = Allocations.Of(() => AddTo(Decoding.NewDecoder(), text));

        Assert.InRange(allocated, 0, (BytesPerSlice * count) + Allocations.Constant);
    }

    [Fact]
    public void Section_6_6_invalid_UTF8_never_reaches_the_decoder_and_would_not_throw_there()
    {
        byte[] message = [.. "42[\""u8, 0xff, 0xfe, .. "\"]"u8];

        Assert.False(EnginePacketCodec.TryDecodeText(message, out _, out _));
        Assert.Equal(DecodeResult.Error, AddTo(Decoding.NewDecoder(), message.AsMemory(1)));
    }

    private static DecodeResult AddTo(SocketPacketDecoder decoder, ReadOnlyMemory<byte> text) =>
        decoder.AddText(text, out _, out _);

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth))
        + (open == "[" ? "" : "0")
        + string.Concat(Enumerable.Repeat(close, depth));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AddAttachmentThen(SocketPacketDecoder decoder, bool complete)
    {
        var data = new byte[100];
        AddTo(decoder, Wire.Bytes("52-[\"a\"]"));
        decoder.AddBinary(data, out _, out _);
        if (complete)
        {
            decoder.AddBinary(new byte[1], out _, out _);
        }
        else
        {
            AddTo(decoder, Wire.Bytes("2[\"a\"]"));
        }

        return new WeakReference(data);
    }
}
