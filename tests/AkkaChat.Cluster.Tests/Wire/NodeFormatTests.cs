using System.Buffers.Binary;
using AkkaChat.Nodes;
using AkkaChat.Stores;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

/// <summary>Requests and replies between nodes, as bytes.</summary>
public class NodeFormatTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    /// <summary>Everything there is on the wire, with the reader for it.</summary>
    private static readonly Gen<(byte[] Bytes, Func<byte[], byte[]?> Again)> All = Gen.OneOf(
        from request in NodeMessages.Requests select (NodeRequestFormat.Write(request), (Func<byte[], byte[]?>)RequestAgain),
        from reply in NodeMessages.Replies select (NodeReplyFormat.Write(reply), (Func<byte[], byte[]?>)ReplyAgain));

    [Fact]
    public void What_is_read_says_the_same_when_it_is_written_again() =>
        Properties.ForAll(All, message => Assert.Equal(message.Bytes, message.Again(message.Bytes)), runs: 2_000);

    [Fact]
    public void Fields_are_read_as_they_were_written()
    {
        var request = new NodeRequest.Select("/a", ["b", "c"], ["d"], SelectionPurpose.Join, ["e"]);
        var read = Assert.IsType<NodeRequest.Select>(Read(request));
        Assert.Equal(("/a", SelectionPurpose.Join), (read.Namespace, read.Purpose));
        Assert.Equal(["b", "c"], read.Names!);
        Assert.Equal(["d"], read.Exceptions);
        Assert.Equal(["e"], read.Rooms);

        var list = new NodeRequest.ListRooms("/a", null, "p", 7);
        Assert.Equal(list, Read(list));
        Assert.True(NodeReplyFormat.TryRead(NodeReplyFormat.Write(new NodeReply.Failed("n", "why")), out var failed));
        Assert.Equal(new NodeReply.Failed("n", "why"), failed);
    }

    [Fact]
    public void Every_kind_of_message_is_tried_here()
    {
        var kinds = typeof(NodeRequest).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Length;
        var replies = typeof(NodeReply).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Length;

        Assert.Equal(kinds, NodeMessages.Requests.Sample(200, 10).Select(request => NodeRequestFormat.Write(request)[1]).Distinct().Count());
        Assert.Equal(replies, NodeMessages.Replies.Sample(200, 10).Select(reply => NodeReplyFormat.Write(reply)[1]).Distinct().Count());
    }

    [Fact]
    public void Every_kind_of_message_about_logs_is_tried_here()
    {
        const int Kind = 6; // Behind version, kind and length of the whole.
        var kinds = typeof(LogRequest).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Length;
        var replies = typeof(LogReply).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Length;

        Assert.Equal(kinds, NodeMessages.LogRequests.Sample(100, 10).Select(asked => NodeRequestFormat.Write(new NodeRequest.Log(asked))[Kind]).Distinct().Count());
        Assert.Equal(replies, NodeMessages.LogReplies.Sample(100, 10).Select(reply => NodeReplyFormat.Write(new NodeReply.Log(reply))[Kind]).Distinct().Count());
    }

    [Fact]
    public void A_part_of_a_log_is_read_as_it_was_written()
    {
        var entry = new StoredEntry(7, DateTimeOffset.UnixEpoch.AddTicks(1), "id", System.Text.Encoding.UTF8.GetBytes("{}"));
        var written = new LogReply.Part(new LogPosition("e", 9), true, [entry]);

        Assert.True(NodeReplyFormat.TryRead(NodeReplyFormat.Write(new NodeReply.Log(written)), out var read));

        var part = Assert.IsType<LogReply.Part>(Assert.IsType<NodeReply.Log>(read).Reply);
        Assert.Equal((written.Top, true), (part.Top, part.IsContinuous));
        var same = Assert.Single(part.Entries);
        Assert.Equal((7, entry.At, "id", "{}"), (same.Offset, same.At, same.MessageId, System.Text.Encoding.UTF8.GetString(same.Content.Span)));
        var reading = new LogReading(LogReadingKind.Down, new LogPosition(null!, -5), 3);
        var asked = Assert.IsType<NodeRequest.Log>(Read(new NodeRequest.Log(new LogRequest.Read("/", "a", reading))));
        Assert.Equal(new LogRequest.Read("/", "a", reading with { Since = new LogPosition(null!, -1) }), asked.Request);
    }

    [Fact]
    public void What_is_cut_short_is_refused() =>
        Properties.ForAll(
            All,
            message =>
            {
                for (var length = 0; length < message.Bytes.Length; length++)
                {
                    Assert.Null(message.Again(message.Bytes[..length]));
                }
            });

    [Fact]
    public void Random_and_damaged_bytes_throw_nothing() =>
        Properties.ForAll(
            from message in All
            from place in Gen.Choose(0, int.MaxValue)
            from value in Gen.Choose(0, 255)
            from random in Bytes
            from kind in Gen.Choose(0, 20)
            select (message, place, value, random, kind),
            input =>
            {
                var bytes = input.message.Bytes;
                bytes[input.place % bytes.Length] = (byte)input.value;
                RequestAgain(bytes);
                ReplyAgain(bytes);
                byte[] random = [WireFormat.Version, (byte)input.kind, .. BitConverter.GetBytes(input.random.Length), .. input.random];
                RequestAgain(random);
                ReplyAgain(random);
            },
            runs: 3_000);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(20)]
    public void A_count_that_the_bytes_cannot_hold_takes_no_memory(byte kind)
    {
        byte[] claiming = [WireFormat.Version, kind, 5, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(ReplyAgain(claiming));
        NodeRequestFormat.TryRead(claiming, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void What_the_next_version_adds_at_the_end_is_skipped_and_one_beyond_is_refused()
    {
        var request = new NodeRequest.ListRooms("/", "a", "", 3);
        byte[] bytes = [.. NodeRequestFormat.Write(request), 1, 2, 3];
        var length = bytes.AsSpan(2);
        BinaryPrimitives.WriteInt32LittleEndian(length, BinaryPrimitives.ReadInt32LittleEndian(length) + 3);
        bytes[0] = WireFormat.Version + 1;

        Assert.True(NodeRequestFormat.TryRead(bytes, out var read));
        Assert.Equal(request, read);
        bytes[0] = WireFormat.Version + 2;
        Assert.False(NodeRequestFormat.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("1],[2")]
    public void Arguments_that_are_no_JSON_are_refused(string json)
    {
        var arguments = new ArgumentData([System.Text.Encoding.UTF8.GetBytes(json)], []);

        Assert.Null(RequestAgain(NodeRequestFormat.Write(new NodeRequest.ServerEvent("/", "e", arguments))));
        Assert.Null(ReplyAgain(NodeReplyFormat.Write(new NodeReply.ServerAnswer(arguments))));
    }

    private static NodeRequest Read(NodeRequest request)
    {
        Assert.True(NodeRequestFormat.TryRead(NodeRequestFormat.Write(request), out var read));
        return read;
    }

    private static byte[]? RequestAgain(byte[] bytes) => NodeRequestFormat.TryRead(bytes, out var read) ? NodeRequestFormat.Write(read) : null;

    private static byte[]? ReplyAgain(byte[] bytes) => NodeReplyFormat.TryRead(bytes, out var read) ? NodeReplyFormat.Write(read) : null;
}
