using AkkaChat.Delivery;
using AkkaChat.Rooms;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Rooms;

public sealed class RoomMembersTests : IDisposable
{
    private readonly AkkaChatServer _server = TestServer.Create();
    private readonly RecordingMember _ann = new("ann", "a", "b");
    private readonly RecordingMember _bob = new("bob", "a");
    private readonly RoomMembers _room = new();

    public RoomMembersTests()
    {
        _room.Join(_ann);
        _room.Join(_bob);
    }

    private Selection Everybody => _server.Main.Everybody;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_publication_reaches_all_members()
    {
        _room.Receive(Publish(Everybody.To("a")));

        Assert.Equal(["4x"], _ann.Received);
        Assert.Equal(["4x"], _bob.Received);
    }

    [Fact]
    public void Joining_twice_is_joining_once()
    {
        _room.Join(_ann);
        _room.Receive(Publish(Everybody.To("a")));

        Assert.Equal(2, _room.Count);
        Assert.Single(_ann.Received);
    }

    [Fact]
    public void Who_has_left_gets_nothing_more()
    {
        Assert.True(_room.Leave(_ann));
        Assert.False(_room.Leave(_ann));
        _room.Receive(Publish(Everybody.To("a")));

        Assert.Empty(_ann.Received);
        Assert.False(_room.IsEmpty);
        Assert.True(_room.Leave(_bob));
        Assert.True(_room.IsEmpty);
    }

    [Fact]
    public void Design_5_4_a_union_reaches_a_member_of_several_rooms_once()
    {
        var other = new RoomMembers();
        other.Join(_ann);
        var publication = Publish(Everybody.To("a", "b"));

        _room.Receive(publication);
        other.Receive(publication);

        Assert.Equal(["4x"], _ann.Received);
        Assert.Equal(["4x"], _bob.Received);
    }

    [Fact]
    public async Task Design_5_4_a_union_reaches_each_once_when_its_rooms_work_at_the_same_time()
    {
        var members = Enumerable.Range(0, 200).Select(number => new RecordingMember($"m{number}")).ToArray();
        var rooms = Enumerable.Range(0, 4).Select(_ => new RoomMembers()).ToArray();
        Array.ForEach(rooms, room => Array.ForEach(members, member => room.Join(member)));
        var publication = Publish(Everybody.To("a", "b", "c", "d"));

        await Limit.RunAtOnce(rooms.Length, number => rooms[number].Receive(publication));

        Assert.All(members, member => Assert.Equal(["4x"], member.Received));
    }

    [Fact]
    public void Design_5_4_a_member_that_is_excepted_gets_nothing_by_any_room()
    {
        var publication = Publish(Everybody.To("a", "c").Except("b"));
        _room.Receive(publication);

        Assert.Empty(_ann.Received);
        Assert.Equal(["4x"], _bob.Received);
    }

    [Fact]
    public void A_volatile_publication_is_delivered_as_such()
    {
        _room.Receive(Publish(Everybody.To("a").Volatile));
        Assert.Equal(["volatile 4x"], _ann.Received);
    }

    [Fact]
    public void An_operation_comes_to_every_member()
    {
        var visited = new RecordingVisit((Selection)Everybody.To("a", "b"));
        _room.Receive(visited);

        Assert.Equal(["ann", "bob"], visited.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_claim_is_given_once()
    {
        var claims = new Claims();
        Assert.True(claims.TryClaim(_ann));
        Assert.False(claims.TryClaim(_ann));
        Assert.True(claims.TryClaim(_bob));
    }

    private sealed class RecordingVisit(Selection selection) : SelectionOperation(selection)
    {
        public List<string> Ids { get; } = [];

        public override void Reach(IRoomMember member) => Ids.Add(member.Id);
    }

    private static Publication Publish(IBroadcaster selection) => new((Selection)selection, Wire.Pack("x"));
}
