using AkkaChat.Delivery;
using AkkaChat.Logs;
using AkkaChat.Protocol;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

public class PublicationFormatTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    private static readonly Gen<bool> Flags = Gen.Elements(true, false);

    private static readonly Gen<PublicationContent> Contents =
        from text in Bytes
        from isBinary in Flags
        from attachments in Bytes.ListOf()
        from isVolatile in Flags
        from compress in Flags
        from exceptions in Envelopes.Names.ListOf()
        from self in Gen.OneOf(Envelopes.Names, Gen.Constant<string?>(null)!)
        from rooms in Gen.Choose(0, 5)
        let packet = Packet(text, isBinary, attachments, compress)
        select new PublicationContent(
            packet, isVolatile, [.. exceptions], self, rooms > 1 ? new PublicationUnion(new Guid(rooms, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]), rooms) : null,
            rooms > 3 ? new PublicationReceipt(Guid.NewGuid(), rooms > 4 ? 7 : null) : null,
            rooms == 0 ? new LogMark("room", new LogPosition("epoch", 1L << 40)) : null);

    [Fact]
    public void A_publication_is_read_as_it_was_written() =>
        Properties.ForAll(
            Contents,
            content =>
            {
                Assert.True(PublicationFormat.TryRead(PublicationFormat.Write(content), out var read));
                Assert.Equal(content with { Packet = read.Packet, Exceptions = read.Exceptions }, read);
                Assert.Equal(content.Exceptions, read.Exceptions);
                Assert.Equal(content.Packet.Compress, read.Packet.Compress);
                Assert.Equal(MessagesOf(content.Packet), MessagesOf(read.Packet));
            });

    [Fact]
    public void Cut_or_damaged_publications_throw_nothing() =>
        Properties.ForAll(
            from content in Contents from place in Gen.Choose(0, int.MaxValue) from value in Gen.Choose(0, 255) select (content, place, value),
            input =>
            {
                var bytes = PublicationFormat.Write(input.content);
                Assert.False(PublicationFormat.TryRead(bytes.AsMemory(0, input.place % bytes.Length), out _));
                bytes[input.place % bytes.Length] = (byte)input.value;
                PublicationFormat.TryRead(bytes, out _);
            },
            runs: 2_000);

    [Fact]
    public void A_member_that_is_excepted_or_has_its_copy_gets_none()
    {
        var content = new PublicationContent(
            Packet([1], isBinary: false, [], compress: true), IsVolatile: true, ["muted"], "self", new PublicationUnion(Guid.Empty, 2));
        var claims = new Claims();
        var members = new[] { new RecordingMember("self"), new RecordingMember("other", "muted"), new RecordingMember("alice") };

        foreach (var member in members.Concat(members))
        {
            content.Reach(member, claims);
        }

        Assert.Equal([0, 0, 1], members.Select(member => member.Received.Length));
        Assert.StartsWith("volatile ", Assert.Single(members[2].Received), StringComparison.Ordinal);
    }

    private static WirePacket Packet(byte[] first, bool isBinary, IEnumerable<byte[]> attachments, bool compress)
    {
        var message = isBinary ? WireMessage.Binary(first) : WireMessage.Text(first);
        var packet = WirePacket.Of(message, [.. attachments.Select(bytes => (ReadOnlyMemory<byte>)bytes)]);
        packet.Compress = compress;
        return packet;
    }

    private static IEnumerable<(bool IsBinary, string Data)> MessagesOf(WirePacket packet) =>
        packet.Messages.ToArray().Select(message => (message.IsBinary, Convert.ToHexString(message.Data.Span)));
}
