using AkkaChat.Ownership;
using static AkkaChat.Cluster.Tests.Ownership.Examples;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Ownership;

/// <summary>An open room: places, copies, the window, the stable point.</summary>
public class RoomOwnerTests
{
    private static readonly RoomPayload Hello = Say("hello");

    [Fact]
    public void A_publish_goes_once_to_each_node_with_members_and_to_the_one_it_came_from()
    {
        var owner = OpenOwner(North, South, West);
        owner.Receive(new Attend(From(South), 1, HasMembers: true), At(1));

        var effects = owner.Receive(new Publish(From(West), 1, 0, Hello), At(1));

        var deliver = Assert.IsType<Deliver>(Assert.Single(effects.SentTo(South)));
        Assert.Equal([new RoomEntry(1, new PublishId(West, 1), Hello)], deliver.Entries);
        Assert.Same(deliver, Assert.Single(effects.SentTo(West)));
        Assert.Empty(effects.SentTo(North));
    }

    [Fact]
    public void A_repeated_publish_keeps_its_place()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));

        var again = Assert.IsType<Deliver>(Assert.Single(owner.Receive(new Publish(From(South), 1, 0, Hello), At(2)).SentTo(South)));

        Assert.Equal(1, Assert.Single(again.Entries).Sequence);
    }

    [Fact]
    public void A_publish_waits_for_the_one_that_must_be_before_it()
    {
        var owner = OpenOwner(North, South);

        Assert.Empty(owner.Receive(new Publish(From(South), 2, After: 1, Hello), At(1)));
        Assert.NotEmpty(owner.Receive(new Publish(From(South), 1, After: 0, Hello), At(1)));
        Assert.NotEmpty(owner.Receive(new Publish(From(South), 2, After: 1, Hello), At(1)));
    }

    [Fact]
    public void A_publish_that_its_relay_has_given_up_gets_no_place_any_more()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Publish(From(South, settled: 1), 2, After: 0, Hello), At(1));

        Assert.Empty(owner.Receive(new Publish(From(South), 1, After: 0, Hello), At(1)).SentTo(South));
    }

    [Fact]
    public void Publishes_beyond_the_window_wait_at_their_relays_until_there_is_room()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(North), 1, true), At(1));
        for (var number = 1; number <= Small.WindowEntries; number++)
        {
            owner.Receive(new Publish(From(South), number, number - 1, Hello), At(1));
        }

        Assert.Empty(owner.Receive(new Publish(From(South), 4, 3, Hello), At(1)));
        Assert.Empty(owner.Receive(new Acknowledge(From(South, settled: 3), 0, false), At(2)));
        Assert.Equal([new Resume(One)], owner.Receive(new Acknowledge(From(North), 1, false), At(2)).SentTo(South));
    }

    [Fact]
    public void A_node_that_joins_gets_what_comes_after_and_is_told_so_again_if_it_asks_again()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));

        Assert.Equal([new Attending(One, 1, Position: 1)], owner.Receive(new Attend(From(North), 1, true), At(1)).SentTo(North));
        owner.Receive(new Publish(From(South), 2, 1, Hello), At(1));
        Assert.Equal([new Attending(One, 1, Position: 1)], owner.Receive(new Attend(From(North), 1, true), At(2)).SentTo(North));
    }

    [Fact]
    public void What_is_not_acknowledged_is_repeated()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(North), 1, true), At(1));
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));

        Assert.Empty(owner.Tick(At(1.4)));
        Assert.Equal(1, Assert.Single(Assert.IsType<Deliver>(Assert.Single(owner.Tick(At(1.5)).SentTo(North))).Entries).Sequence);
    }

    [Fact]
    public void An_entry_is_stable_when_all_members_nodes_have_delivered_it_and_its_origin_has_seen_it()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(North), 1, true), At(1));
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));

        owner.Receive(new Acknowledge(From(North), 1, false), At(1.1));
        Assert.Empty(owner.Tick(At(1.2)));
        owner.Receive(new Acknowledge(From(South, settled: 1), 0, false), At(1.3));

        var told = owner.Tick(At(1.4));
        Assert.Equal(1, Assert.IsType<Deliver>(Assert.Single(told.SentTo(North))).Stable);
        Assert.Equal(1, Assert.IsType<Deliver>(Assert.Single(told.SentTo(South))).Stable);
        Assert.True(owner.IsQuiet);
    }

    [Fact]
    public void A_node_that_is_removed_is_not_waited_for()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(South), 1, true), At(1));
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));
        Assert.False(owner.IsQuiet);

        owner.SetNodes(new HashSet<string> { "north" }, At(2));

        Assert.True(owner.IsQuiet);
        Assert.True(owner.CanEnd);
        Assert.Empty(owner.Receive(new Publish(From(South), 2, 1, Hello), At(3)));
    }

    [Fact]
    public void A_relay_that_has_ended_is_not_waited_for()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(North), 1, true), At(1));
        owner.Receive(new Publish(From(South), 1, 0, Hello), At(1));

        owner.Receive(new Ended(North), At(2));
        owner.Receive(new Ended(South), At(2));

        Assert.True(owner.IsQuiet);
    }

    [Fact]
    public void An_owner_steps_down_when_a_relay_has_promised_a_higher_epoch()
    {
        var owner = OpenOwner(North, South);

        Assert.Equal([OwnerEffect.StepDown.Instance], owner.Receive(new Publish(From(South, Two), 1, 0, Hello), At(1)));
        Assert.Empty(owner.Receive(new Publish(From(North), 1, 0, Hello), At(1)));
    }

    [Fact]
    public void An_owner_steps_down_when_a_later_one_asks_its_node()
    {
        var owner = OpenOwner(North, South);

        Assert.Equal([OwnerEffect.StepDown.Instance], owner.OnRival(new Ask(Two)));
        Assert.Empty(owner.OnRival(new Ask(Two)));
    }

    [Fact]
    public void While_an_owner_lives_a_lower_one_cannot_open_though_all_relays_have_forgotten_it()
    {
        var owner = new RoomOwner(Second, Small);
        owner.Start(new HashSet<string> { "south" }, hint: One, At(0));
        owner.Receive(Idle(South, Two), At(0.1));

        var refuse = new Refuse(new RelayHeader(Second, Two, 0), One);
        Assert.Equal([new OwnerEffect.Reply(First, refuse)], owner.OnRival(new Ask(One)));

        var rival = new RoomOwner(First, Small);
        rival.Start(new HashSet<string> { "north", "south" }, Epoch.None, At(1));
        rival.Receive(Idle(North, One), At(1.1));
        rival.Receive(refuse, At(1.1));
        Assert.False(rival.IsOpen);
        Assert.Equal(new Epoch(3, First), rival.Epoch);
    }

    [Fact]
    public void Late_messages_of_a_nodes_earlier_relay_change_nothing()
    {
        var owner = OpenOwner(North, South);
        owner.Receive(new Attend(From(new Incarnation("south", 5)), 1, true), At(1));

        Assert.Empty(owner.Receive(new Publish(From(South), 1, 0, Hello), At(1)));
    }
}
