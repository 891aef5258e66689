using System.Buffers;
using System.Text;
using AkkaChat.Protocol.Tests.Support;
using AkkaChat.Protocol.WebSockets;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.WebSockets;

/// <summary>Frames as a client sends them (RFC 6455, section 5), cut anywhere.</summary>
public class WebSocketFrameDecoderTests
{
    private const int MaxPayload = 1000;

    [Fact]
    public void The_masked_example_of_the_RFC_is_a_text()
    {
        Assert.Equal(["text Hello"], Decode(Convert.FromHexString("818537fa213d7f9f4d5158")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(1000)]
    public void Messages_of_every_form_of_length_are_read(int length)
    {
        var text = new string('x', length);

        Assert.Equal([$"text {text}", $"binary {text}"], Decode([.. Frame(0x81, text), .. Frame(0x82, text)]));
    }

    [Fact]
    public void Control_frames_may_come_between_the_pieces_of_a_message()
    {
        Assert.Equal(
            ["ping p", "pong", "text abc", "close"],
            Decode([.. Frame(0x01, "a"), .. Frame(0x89, "p"), .. Frame(0x00, "b"), .. Frame(0x8A, "q"), .. Frame(0x80, "c"), .. Frame(0x88, "")]));
    }

    [Fact]
    public void However_the_input_is_cut_the_messages_are_the_same() => Properties.ForAll(
        Gen.Choose(0, 999).ListOf().Zip(Gen.Choose(1, 400).ListOf()),
        sample =>
        {
            byte[] input = [.. sample.Item1.SelectMany((length, index) => Frame(0x81 + (index % 2), new string('x', length)))];
            Assert.Equal(Decode(input), Decode(input, [.. sample.Item2]));
        });

    [Fact]
    public void Random_bytes_throw_nothing() => Properties.ForAll(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Zip(Gen.Choose(1, 7).ListOf()),
        sample => Assert.InRange(Decode(sample.Item1, [.. sample.Item2]).Count, 0, sample.Item1.Length));

    [Theory]
    [InlineData("c180", "reserved")]
    [InlineData("8380", "unknown opcode 3")]
    [InlineData("8f80", "unknown opcode 15")]
    [InlineData("8100", "not masked")]
    [InlineData("0980", "fragmented")]
    [InlineData("89fe", "too long")]
    [InlineData("808000000000", "continuation of no message")]
    [InlineData("81ff800000000000000000000000", "highest bit")]
    [InlineData("88810000000003", "close frame")]
    [InlineData("88820000000003ed", "close frame")]
    [InlineData("888400000000" + "03e8c328", "close frame")]
    public void What_breaks_the_protocol_is_named(string hex, string what)
    {
        var result = Assert.Single(Decode(Convert.FromHexString(hex)));
        Assert.StartsWith("broken ", result, StringComparison.Ordinal);
        Assert.Contains(what, result, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_within_another_is_a_violation()
    {
        Assert.Equal(["broken a message began within another"], Decode([.. Frame(0x01, "a"), .. Frame(0x81, "b")]));
    }

    [Theory]
    [InlineData("000003e9")]
    [InlineData("7fffffff")]
    public void V16_a_length_over_the_limit_is_refused_by_its_header(string length)
    {
        Assert.Equal(["too large"], Decode(Convert.FromHexString("82ff00000000" + length + "00000000")));
    }

    [Fact]
    public void Pieces_count_together()
    {
        Assert.Equal(["too large"], Decode([.. Frame(0x01, new string('x', 600)), .. Frame(0x80, new string('x', 401))]));
    }

    [Fact]
    public void Endless_tiny_pieces_are_cut_off()
    {
        byte[] input = [.. Frame(0x01, "a"), .. Enumerable.Range(0, 2000).SelectMany(_ => Frame(0x00, ""))];

        Assert.Equal(["broken a message came in too many small fragments"], Decode(input));
    }

    [Fact]
    public void A_header_that_announces_much_takes_no_memory()
    {
        var decoder = new WebSocketFrameDecoder(256 << 20);
        var header = Convert.FromHexString("82ff000000000f00000000000000");

        Allocations.AreWithin(header.Length, () =>
        {
            var input = new ReadOnlySequence<byte>(header);
            new WebSocketFrameDecoder(256 << 20).Read(ref input);
        });
        var once = new ReadOnlySequence<byte>(header);
        Assert.Equal(WebSocketInputKind.NeedMore, decoder.Read(ref once).Kind);
        Assert.True(once.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mask_goes_on_where_it_was(int offset)
    {
        var bytes = new byte[23];
        WebSocketMask.Apply(bytes, 0x44332211, offset);

        Assert.Equal(Enumerable.Range(offset, 23).Select(i => (byte)(0x11 * (1 + (i % 4)))), bytes);
    }

    private static byte[] Frame(int firstByte, string payload)
    {
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        var data = Encoding.UTF8.GetBytes(payload);
        byte[] length = data.Length < 126
            ? [(byte)(0x80 | data.Length)]
            : [0x80 | 126, (byte)(data.Length >> 8), (byte)data.Length];
        return [(byte)firstByte, .. length, .. mask, .. data.Select((value, index) => (byte)(value ^ mask[index % 4]))];
    }

    private static List<string> Decode(byte[] input, IReadOnlyList<int>? cuts = null)
    {
        var decoder = new WebSocketFrameDecoder(MaxPayload);
        List<string> results = [];
        var kept = Array.Empty<byte>();
        var at = 0;
        for (var cut = 0; at < input.Length; cut++)
        {
            var size = cuts is { Count: > 0 } ? cuts[cut % cuts.Count] : input.Length;
            var next = input.AsSpan(at, Math.Min(size, input.Length - at));
            at += next.Length;
            var sequence = new ReadOnlySequence<byte>([.. kept, .. next]);
            if (!ReadAll(decoder, ref sequence, results))
            {
                return results;
            }

            kept = sequence.ToArray();
        }

        return results;
    }

    /// <summary>False after an end.</summary>
    private static bool ReadAll(WebSocketFrameDecoder decoder, ref ReadOnlySequence<byte> input, List<string> results)
    {
        while (true)
        {
            var read = decoder.Read(ref input);
            if (read.Kind == WebSocketInputKind.NeedMore)
            {
                return true;
            }

            results.Add(Describe(read));
            if (read.Kind is WebSocketInputKind.Close or WebSocketInputKind.TooLarge or WebSocketInputKind.Broken)
            {
                return false;
            }
        }
    }

    private static string Describe(WebSocketInput input) => input.Kind switch
    {
        WebSocketInputKind.Message => (input.IsBinary ? "binary " : "text ") + Encoding.UTF8.GetString(input.Data.Span),
        WebSocketInputKind.Ping => "ping " + Encoding.UTF8.GetString(input.Data.Span),
        WebSocketInputKind.Pong => "pong",
        WebSocketInputKind.Close => "close",
        WebSocketInputKind.TooLarge => "too large",
        _ => "broken " + input.Violation,
    };
}
