using AkkaChat.Ownership;
using static AkkaChat.Cluster.Tests.Ownership.Examples;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Ownership;

/// <summary>A node's members: who is in, and what reaches them in which order.</summary>
public class RoomRelayTests
{
    [Fact]
    public void The_first_join_completes_when_the_owner_knows_of_the_node()
    {
        var relay = new RoomRelay(North, Small);

        Assert.Equal([new Attend(From(North), 1, HasMembers: true)], relay.Join("alice", At(0)).Sent());
        Assert.Equal(new RelayEffect.Joined("alice"), relay.Receive(new Attending(One, 1, Position: 4), At(1))[0]);
        Assert.Equal([5], relay.Receive(Deliver(One, Entry(5)), At(2)).Delivered());
    }

    [Fact]
    public void Later_joins_complete_at_once() =>
        Assert.Equal([new RelayEffect.Joined("bob")], JoinedRelay().Join("bob", At(1)));

    [Fact]
    public void A_join_that_no_owner_confirms_in_time_fails_and_is_undone()
    {
        var relay = new RoomRelay(North, Small);
        relay.Join("alice", At(0));

        var effects = relay.Tick(At(5));

        Assert.Contains(new RelayEffect.JoinFailed("alice"), effects);
        Assert.Contains(new Attend(From(North), 2, HasMembers: false), effects.Sent());
    }

    [Fact]
    public void A_confirmation_of_an_earlier_attendance_lets_nobody_in()
    {
        var relay = JoinedRelay();
        relay.Leave("alice", At(1));
        relay.Join("bob", At(1));

        Assert.DoesNotContain(new RelayEffect.Joined("bob"), relay.Receive(new Attending(One, 1, 0), At(2)));
        Assert.Contains(new RelayEffect.Joined("bob"), relay.Receive(new Attending(One, 3, 9), At(2)));
    }

    [Fact]
    public void Entries_are_delivered_in_order_once_and_gaps_are_asked_for()
    {
        var relay = JoinedRelay();

        Assert.Equal([1], relay.Receive(Deliver(One, Entry(1)), At(1)).Delivered());
        var gap = relay.Receive(Deliver(One, Entry(3)), At(1));
        Assert.Empty(gap.Delivered());
        Assert.Contains(new Acknowledge(From(North, One), 1, Asks: true), gap.Sent());
        Assert.Equal([2, 3], relay.Receive(Deliver(One, Entry(2), Entry(3)), At(1)).Delivered());
        Assert.Empty(relay.Receive(Deliver(One, Entry(1), Entry(2), Entry(3)), At(1)).Delivered());
    }

    [Fact]
    public void An_empty_place_is_passed_over()
    {
        var relay = JoinedRelay();

        Assert.Equal([2], relay.Receive(Deliver(One, RoomEntry.Empty(1), Entry(2)), At(1)).Delivered());
    }

    [Fact]
    public void Deliveries_are_acknowledged_together_after_a_while_or_at_once_when_they_are_many()
    {
        var relay = JoinedRelay();
        relay.Tick(At(1));

        Assert.Empty(relay.Receive(Deliver(One, Entry(1)), At(2)).Sent());
        Assert.Equal([new Acknowledge(From(North, One), 1, Asks: false)], relay.Tick(At(2.1)).Sent());
        Assert.Equal(
            [new Acknowledge(From(North, One), 3, Asks: false)], relay.Receive(Deliver(One, Entry(2), Entry(3)), At(3)).Sent());
    }

    [Fact]
    public void A_promise_names_what_is_held_and_stops_deliveries_until_the_epoch_opens()
    {
        var relay = JoinedRelay();
        relay.Receive(Deliver(One, Entry(1), Entry(3)), At(1));

        var promise = Assert.IsType<Promise>(Assert.Single(relay.Receive(new Ask(Two), At(2)).Sent()));

        Assert.Equal((1L, 0L, true), (promise.Delivered, promise.Stable, promise.HasMembers));
        Assert.Equal([1, 3], promise.Held.Select(entry => entry.Sequence));
        Assert.Empty(relay.Receive(Deliver(One, Entry(2)), At(2)));
        Assert.Equal([2, 3], relay.Receive(Deliver(Two, Entry(2)), At(3)).Delivered());
    }

    [Fact]
    public void A_lower_epoch_is_refused()
    {
        var relay = JoinedRelay();
        relay.Receive(new Ask(Two), At(1));

        Assert.Equal([new Refuse(From(North, Two), One)], relay.Receive(new Ask(One), At(2)).Sent());
    }

    [Fact]
    public void An_owner_that_has_not_asked_is_not_followed()
    {
        var relay = JoinedRelay();

        Assert.Empty(relay.Receive(Deliver(Two, Entry(1)), At(1)));
    }

    [Fact]
    public void A_new_relay_follows_whoever_speaks_to_it_first()
    {
        // Therefore hosts drop what comes from nodes that are down: an owner there may not know yet that it is none.
        var relay = new RoomRelay(North, Small);
        relay.Receive(new Ask(One), At(0));
        relay.Join("alice", At(0));

        Assert.Contains(new RelayEffect.Joined("alice"), relay.Receive(new Attending(Two, 1, 0), At(1)));
        Assert.Empty(relay.Receive(new Attending(One, 1, 0), At(1)));
    }

    [Fact]
    public void A_relay_whose_owner_falls_silent_while_it_holds_something_makes_sharding_start_the_next()
    {
        var relay = JoinedRelay();
        relay.Receive(Deliver(One, Entry(1)), At(1));
        relay.Tick(At(1.1));

        Assert.Contains(new RelayEffect.Send(new Acknowledge(From(North, One), 1, Asks: true)), relay.Tick(At(2)));
    }

    [Fact]
    public void With_everything_stable_a_relay_is_quiet_and_without_members_it_may_end()
    {
        var relay = JoinedRelay();
        relay.Receive(Deliver(One, Entry(1)), At(1));
        relay.Tick(At(1.1));
        Assert.False(relay.IsQuiet);

        relay.Receive(new Deliver(One, Stable: 1, []), At(2));
        Assert.True(relay.IsQuiet);
        Assert.False(relay.CanEnd(At(2)));

        relay.Leave("alice", At(3));
        Assert.False(relay.CanEnd(At(3)));
        relay.Receive(new Attending(One, 2, 1), At(4));
        Assert.True(relay.CanEnd(At(4)));
    }

    [Fact]
    public void What_is_not_stable_is_kept_after_the_last_member_has_left()
    {
        var relay = JoinedRelay();
        relay.Receive(Deliver(One, Entry(1)), At(1));
        relay.Leave("alice", At(1));
        relay.Receive(new Attending(One, 2, 1), At(1));

        Assert.False(relay.CanEnd(At(2)));
        Assert.Equal([1], Assert.IsType<Promise>(Assert.Single(relay.Receive(new Ask(Two), At(2)).Sent())).Held.Select(entry => entry.Sequence));
    }

    [Fact]
    public void An_idle_relay_keeps_its_promise_for_a_while()
    {
        var relay = new RoomRelay(North, Small);
        relay.Receive(new Ask(One), At(0));

        Assert.True(relay.IsQuiet);
        Assert.False(relay.CanEnd(At(59)));
        Assert.True(relay.CanEnd(At(61)));
    }
}
