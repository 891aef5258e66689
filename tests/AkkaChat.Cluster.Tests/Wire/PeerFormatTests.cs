using AkkaChat.Nodes;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

public class PeerFormatTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    private static readonly Gen<bool> Flags = Gen.Elements(true, false);

    private static readonly Gen<PeerMessage> Messages = Gen.OneOf(
        from sender in Envelopes.Names
        from incarnation in Envelopes.Names
        from address in Envelopes.Names
        from isDraining in Flags
        from wantsAnswer in Flags
        from writing in Gen.Elements(Enum.GetValues<LogWriting>())
        select (PeerMessage)new PeerMessage.Hello(sender, incarnation, address, isDraining, wantsAnswer, writing),
        from sender in Envelopes.Names
        from id in Gen.Choose(0, int.MaxValue)
        from body in Bytes
        select (PeerMessage)new PeerMessage.Request(sender, (long)id << 20, body),
        from sender in Envelopes.Names
        from id in Gen.Choose(0, int.MaxValue)
        from part in Gen.Choose(0, 1_000)
        from isLast in Flags
        from body in Bytes
        select (PeerMessage)new PeerMessage.Reply(sender, id, part, isLast, body));

    [Fact]
    public void A_message_between_nodes_is_read_as_it_was_written() =>
        Properties.ForAll(
            Messages,
            message =>
            {
                Assert.True(PeerFormat.TryRead(PeerFormat.ManifestOf(message), PeerFormat.Write(message), out var read));
                Assert.Equal(Shown(message), Shown(read));
            });

    [Fact]
    public void Cut_or_damaged_messages_throw_nothing() =>
        Properties.ForAll(
            from message in Messages from place in Gen.Choose(0, int.MaxValue) from value in Gen.Choose(0, 255) select (message, place, value),
            input =>
            {
                var manifest = PeerFormat.ManifestOf(input.message);
                var bytes = PeerFormat.Write(input.message);
                Assert.False(PeerFormat.TryRead(manifest, bytes.AsMemory(0, input.place % bytes.Length), out _));
                bytes[input.place % bytes.Length] = (byte)input.value;
                PeerFormat.TryRead(manifest, bytes, out _);
            },
            runs: 2_000);

    [Theory]
    [InlineData("p-xx")]
    [InlineData("de")]
    [InlineData("System.Object, System.Private.CoreLib")]
    public void An_unknown_kind_of_message_is_none(string manifest) =>
        Assert.False(PeerFormat.TryRead(manifest, PeerFormat.Write(new PeerMessage.Request("a", 1, new byte[3])), out _));

    [Fact]
    public void What_a_later_version_adds_is_passed_over()
    {
        var writer = new WireWriter();
        writer.Byte(WireFormat.Version + 1);
        var start = writer.BeginRecord();
        writer.Text("node");
        writer.Number(7);
        writer.Bytes([1, 2]);
        writer.Text("something new");
        writer.EndRecord(start);

        Assert.True(PeerFormat.TryRead("p-rq", writer.ToArray(), out var read));
        Assert.Equal("node 7 0102", Shown(read));
    }

    [Fact]
    public void An_earlier_version_does_not_say_what_it_writes()
    {
        var writer = new WireWriter();
        writer.Byte(WireFormat.Version);
        var start = writer.BeginRecord();
        writer.Text("node");
        writer.Text("incarnation");
        writer.Text("");
        writer.Flag(true);
        writer.Flag(false);
        writer.EndRecord(start);

        Assert.True(PeerFormat.TryRead("p-he", writer.ToArray(), out var read));
        Assert.Equal(new PeerMessage.Hello("node", "incarnation", "", IsDraining: true, WantsAnswer: false, LogWriting.NotYet), read);
    }

    private static string Shown(PeerMessage message) => message switch
    {
        PeerMessage.Request request => $"{request.Sender} {request.Id} {Convert.ToHexString(request.Body.Span)}",
        PeerMessage.Reply reply => $"{reply.Sender} {reply.Id} {reply.Part} {reply.IsLast} {Convert.ToHexString(reply.Body.Span)}",
        _ => message.ToString(),
    };
}
