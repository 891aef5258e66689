using AkkaChat.Nodes;
using AkkaChat.Presence;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

/// <summary>What nodes tell each other of presence; that it reads as it was written is shown for all messages by <see cref="NodeFormatTests"/>.</summary>
public class PresenceFormatTests
{
    private static readonly PresenceKey Room = new("/", "room");

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    public void Random_bytes_throw_nothing(byte kind) =>
        Properties.ForAll(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
            random =>
            {
                byte[] bytes = [WireFormat.Version, kind, .. BitConverter.GetBytes(random.Length), .. random];
                NodeRequestFormat.TryRead(bytes, out _);
                NodeReplyFormat.TryRead(bytes, out _);
            },
            runs: 2_000);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1],[2")]
    public void Entries_that_are_no_JSON_are_refused_for_clients_get_them_as_they_are(string json)
    {
        PresenceEntry[] entries = [new("ref", "key", System.Text.Encoding.UTF8.GetBytes(json))];
        var push = new NodeRequest.PresencePush("node", 0, 1, [new PresenceRoomChange(Room, entries, [])]);
        var answer = new NodeReply.Presence(1, [new PresenceSnapshot(Room, entries)]);

        Assert.False(NodeRequestFormat.TryRead(NodeRequestFormat.Write(push), out _));
        Assert.False(NodeReplyFormat.TryRead(NodeReplyFormat.Write(answer), out _));
    }
}
