using AkkaChat.Ownership;
using static AkkaChat.Cluster.Tests.Ownership.Examples;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Ownership;

/// <summary>How a new owner comes to its epoch, and what it makes of what the relays hold.</summary>
public class OwnerRecoveryTests
{
    private static readonly RoomPayload Hello = Say("hello");

    [Fact]
    public void It_asks_every_node_and_opens_when_all_have_promised()
    {
        var owner = new RoomOwner(First, Small);

        var asked = owner.Start(Nodes("north", "south"), Epoch.None, At(0));

        Assert.Equal([new OwnerEffect.AskNode("north", new Ask(One)), new OwnerEffect.AskNode("south", new Ask(One))], asked);
        owner.Receive(Idle(North, One), At(0.1));
        Assert.False(owner.IsOpen);
        owner.Receive(Idle(South, One), At(0.1));
        Assert.True(owner.IsOpen);
    }

    [Fact]
    public void A_node_that_stays_silent_keeps_the_room_closed_until_it_is_removed()
    {
        var owner = new RoomOwner(First, Small);
        owner.Start(Nodes("north", "south"), Epoch.None, At(0));
        owner.Receive(Idle(North, One), At(0.1));

        Assert.Equal([new OwnerEffect.AskNode("south", new Ask(One))], owner.Tick(At(1)));
        Assert.Equal(["south"], owner.Unanswered);
        owner.SetNodes(Nodes("north"), At(10));
        Assert.True(owner.IsOpen);
    }

    [Fact]
    public void A_node_that_joins_meanwhile_is_asked_too()
    {
        var owner = new RoomOwner(First, Small);
        owner.Start(Nodes("north"), Epoch.None, At(0));

        Assert.Equal([new OwnerEffect.AskNode("west", new Ask(One))], owner.SetNodes(Nodes("north", "west"), At(0)));
        owner.Receive(Idle(North, One), At(0.1));
        Assert.False(owner.IsOpen);
    }

    [Fact]
    public void Promises_that_took_too_long_to_collect_are_asked_for_again()
    {
        var owner = new RoomOwner(First, Small);
        owner.Start(Nodes("north", "south"), Epoch.None, At(0));
        owner.Receive(Idle(North, One), At(0.1));
        owner.Receive(Idle(South, One), At(31));
        Assert.False(owner.IsOpen);

        Assert.Equal(["north", "south"], owner.Tick(At(31)).OfType<OwnerEffect.AskNode>().Select(ask => ask.Node));
        Assert.Equal(new Epoch(2, First), owner.Epoch);
    }

    [Fact]
    public void A_higher_promise_is_outbid_at_once_but_only_the_first_time()
    {
        var owner = new RoomOwner(First, Small);
        owner.Start(Nodes("north"), Epoch.None, At(0));

        var again = owner.Receive(new Refuse(From(North, new Epoch(8, Second)), One), At(0.1));

        Assert.Equal([new OwnerEffect.AskNode("north", new Ask(new Epoch(9, First)))], again);
        Assert.Empty(owner.Receive(new Refuse(From(North, new Epoch(9, Second)), new Epoch(9, First)), At(0.2)));
        Assert.Equal([new OwnerEffect.AskNode("north", new Ask(new Epoch(10, First)))], owner.Tick(At(0.7)));
    }

    [Fact]
    public void A_hint_saves_the_round_that_would_be_refused()
    {
        var owner = new RoomOwner(First, Small);

        owner.Start(Nodes("north"), hint: new Epoch(8, Second), At(0));

        Assert.Equal(9, owner.Epoch.Number);
    }

    [Fact]
    public void A_fan_out_that_was_half_done_is_completed_and_the_sequence_goes_on()
    {
        var owner = Recovered(
            Holding(North, Two, delivered: 5, stable: 3, Entry(4), Entry(5)),
            Holding(South, Two, delivered: 3, stable: 3),
            out var effects);

        Assert.Equal([4, 5], Entries(effects, South));
        Assert.Empty(Entries(effects, North));
        Assert.Equal([6], Entries(owner.Receive(new Publish(From(South, Two), 1, 0, Hello), At(1)), North));
    }

    [Fact]
    public void A_publish_that_has_its_place_already_gets_no_second_one()
    {
        var owner = Recovered(
            Holding(North, Two, delivered: 4, stable: 3, Entry(4, South, number: 9)),
            Holding(South, Two, delivered: 3, stable: 3),
            out _);

        Assert.Equal([4], Entries(owner.Receive(new Publish(From(South, Two), 9, 0, Hello), At(1)), South));
    }

    [Fact]
    public void A_place_that_nobody_holds_any_more_stays_empty()
    {
        _ = Recovered(
            Holding(North, Two, delivered: 3, stable: 3, Entry(5, North, number: 2)),
            Holding(South, Two, delivered: 3, stable: 3),
            out var effects);

        var deliver = Assert.IsType<Deliver>(Assert.Single(effects.SentTo(South)));
        Assert.Equal([RoomEntry.Empty(4), Entry(5, North, number: 2)], deliver.Entries);
    }

    [Fact]
    public void The_sequence_never_goes_back_behind_what_a_living_relay_has_seen()
    {
        var owner = Recovered(
            new Promise(From(North, Two), Two, 2, HasMembers: false, Delivered: 7, Stable: 6, IsIdle: true, []),
            Idle(South, Two),
            out _);

        Assert.Equal([8], Entries(owner.Receive(new Publish(From(South, Two), 1, 0, Hello), At(1)), South));
    }

    [Fact]
    public void Whoever_knocked_while_the_room_was_closed_is_told_that_it_is_open()
    {
        var owner = new RoomOwner(Second, Small);
        owner.Start(Nodes("north"), hint: One, At(0));
        owner.Receive(new Publish(From(North), 1, 0, Hello), At(0));

        Assert.Equal(Two, Assert.Single(owner.Receive(Idle(North, Two), At(0.1)).SentTo(North)).Epoch);
    }

    private static RoomOwner Recovered(Promise north, Promise south, out IReadOnlyList<OwnerEffect> effects)
    {
        var owner = new RoomOwner(Second, Small);
        owner.Start(Nodes("north", "south"), hint: One, At(0));
        owner.Receive(north, At(0.1));
        effects = owner.Receive(south, At(0.1));
        return owner;
    }

    private static HashSet<string> Nodes(params string[] nodes) => [.. nodes];

    private static IEnumerable<long> Entries(IEnumerable<OwnerEffect> effects, Incarnation relay) =>
        effects.SentTo(relay).OfType<Deliver>().SelectMany(deliver => deliver.Entries).Select(entry => entry.Sequence);
}
