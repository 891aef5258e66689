using AkkaChat.Bench.Loads;

namespace AkkaChat.Bench.Tests;

public sealed class RoomShapeTests
{
    [Fact]
    public void Members_are_spread_over_two_nodes_and_so_are_those_who_speak()
    {
        var shape = new RoomShape(200, 10) { Placement = Placement.Spread };
        var nodes = Enumerable.Range(0, 2_000).Select(index => shape.NodeOf(index) % 2).ToList();

        Assert.All(nodes.Chunk(10), room => Assert.Equal(5, room.Sum()));
        Assert.Equal(100, nodes.Where((_, index) => index % 10 == 0).Sum());
    }

    [Fact]
    public void The_two_first_members_of_a_room_are_on_different_nodes()
    {
        var shape = new RoomShape(1, 1_000) { Placement = Placement.Spread, Publishers = 2 };

        Assert.NotEqual(shape.NodeOf(0) % 2, shape.NodeOf(1) % 2);
    }

    [Fact]
    public void Who_speaks_across_nodes_is_alone_on_the_first()
    {
        var shape = new RoomShape(2, 3) { Placement = Placement.PublisherApart };

        Assert.Equal([0, 1, 1, 0, 1, 1], Enumerable.Range(0, 6).Select(shape.NodeOf));
    }
}
