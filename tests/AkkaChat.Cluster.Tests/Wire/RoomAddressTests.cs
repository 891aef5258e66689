using AkkaChat.Rooms;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

public class RoomAddressTests
{
    [Fact]
    public void Different_rooms_have_different_ids() =>
        Properties.ForAll(
            from first in Envelopes.Rooms from second in Envelopes.Rooms select (first, second),
            pair => Assert.Equal(pair.first == pair.second, pair.first.EntityId == pair.second.EntityId),
            runs: 2_000);

    [Fact]
    public void Ids_need_no_escaping_in_a_path() =>
        Properties.ForAll(Envelopes.Rooms, room => Assert.Matches(@"^[A-Za-z0-9_.~\-]+$", room.EntityId));

    [Fact]
    public void A_namespace_as_a_whole_is_no_room_of_it()
    {
        Assert.Equal("n.Lw", new RoomAddress("/", RoomName.Everyone).EntityId);
        Assert.Equal("r.Lw.", new RoomAddress("/", new RoomName("")).EntityId);
        Assert.Equal("r.Lw.bG9iYnk", new RoomAddress("/", new RoomName("lobby")).EntityId);
    }

    [Fact]
    public void The_shard_of_a_room_never_changes()
    {
        // These are part of the wire: nodes of another version must find the same.
        Assert.Equal("65", RoomAddress.ShardOf("r.Lw.bG9iYnk", 100));
        Assert.Equal("44", RoomAddress.ShardOf("n.Lw", 100));
    }

    [Fact]
    public void Rooms_spread_over_the_shards()
    {
        var shards = Enumerable.Range(0, 5_000).GroupBy(i => RoomAddress.ShardOf(new RoomAddress("/", new RoomName($"room {i}")).EntityId, 100));

        Assert.Equal(100, shards.Count());
        Assert.All(shards, shard => Assert.InRange(shard.Count(), 20, 100));
    }
}
