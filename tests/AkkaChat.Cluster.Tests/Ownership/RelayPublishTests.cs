using AkkaChat.Ownership;
using static AkkaChat.Cluster.Tests.Ownership.Examples;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Ownership;

/// <summary>A node's publishes: kept until they are seen in their place, repeated, confirmed or failed.</summary>
public class RelayPublishTests
{
    private static readonly RoomPayload Hello = Say("hello");

    [Fact]
    public void A_publish_is_confirmed_when_the_relay_sees_it_in_its_place()
    {
        var relay = JoinedRelay();

        var sent = relay.Publish(Hello, At(1), out var number).Sent();

        Assert.Equal([new Publish(From(North, One), 1, After: 0, Hello)], sent);
        Assert.Empty(relay.Receive(Deliver(One, Entry(2, North, number)), At(1)).OfType<RelayEffect.Confirmed>());
        var effects = relay.Receive(Deliver(One, Entry(1)), At(1));
        Assert.Equal([1, 2], effects.Delivered());
        Assert.Contains(new RelayEffect.Confirmed(number, 2), effects);
    }

    [Fact]
    public void A_node_without_members_sees_its_own_publishes_only_and_keeps_them_until_they_are_stable()
    {
        var relay = new RoomRelay(North, Small);
        relay.Publish(Hello, At(0), out var number);

        Assert.Contains(new RelayEffect.Confirmed(number, 8), relay.Receive(Deliver(One, Entry(8, North, number)), At(0.1)));
        Assert.Equal([new Acknowledge(From(North, One, settled: 1), 0, Asks: false)], relay.Tick(At(0.2)).Sent());
        Assert.False(relay.CanEnd(At(0.2)));

        relay.Receive(new Deliver(One, Stable: 8, []), At(0.3));
        Assert.True(relay.CanEnd(At(0.3)));
    }

    [Fact]
    public void Each_publish_names_the_one_that_must_have_its_place_before()
    {
        var relay = JoinedRelay();
        relay.Publish(Hello, At(1), out _);

        Assert.Equal([new Publish(From(North, One), 2, After: 1, Hello)], relay.Publish(Hello, At(1), out _).Sent());
    }

    [Fact]
    public void What_is_not_answered_is_sent_again()
    {
        var relay = JoinedRelay();
        relay.Tick(At(1));
        relay.Publish(Hello, At(1), out _);

        Assert.Empty(relay.Tick(At(1.4)).Sent());
        Assert.Equal([new Publish(From(North, One), 1, 0, Hello)], relay.Tick(At(1.5)).Sent());
    }

    [Fact]
    public void A_new_epoch_gets_all_that_waits_at_once()
    {
        var relay = JoinedRelay();
        relay.Publish(Hello, At(1), out _);
        relay.Receive(new Ask(Two), At(1));

        Assert.Empty(relay.Publish(Hello, At(1), out _).Sent());
        Assert.Equal([1, 2], relay.Receive(Deliver(Two), At(1.1)).Sent().OfType<Publish>().Select(publish => publish.Number));
    }

    [Fact]
    public void A_publish_that_was_sent_and_not_confirmed_in_time_fails_and_may_still_appear()
    {
        var relay = JoinedRelay();
        relay.Publish(Hello, At(1), out var number);

        Assert.Contains(new RelayEffect.Failed(number, MayAppear: true), relay.Tick(At(6)));
        var late = relay.Receive(Deliver(One, Entry(1, North, number)), At(7));
        Assert.Equal([1], late.Delivered());
        Assert.Empty(late.OfType<RelayEffect.Confirmed>());
    }

    [Fact]
    public void A_publish_that_never_left_the_node_cannot_appear_any_more()
    {
        var relay = JoinedRelay();
        relay.Receive(new Ask(Two), At(1));
        relay.Publish(Hello, At(1), out var number);

        Assert.Contains(new RelayEffect.Failed(number, MayAppear: false), relay.Tick(At(6)));
        Assert.Empty(relay.Receive(Deliver(Two), At(7)).Sent().OfType<Publish>());
    }

    [Fact]
    public void After_a_failure_the_next_publish_waits_for_nothing()
    {
        var relay = JoinedRelay();
        relay.Publish(Hello, At(1), out _);
        relay.Tick(At(6));

        Assert.Equal([new Publish(From(North, One, settled: 1), 2, After: 0, Hello)], relay.Publish(Hello, At(7), out _).Sent());
    }

    [Fact]
    public void Too_many_waiting_publishes_fail_at_once()
    {
        var relay = JoinedRelay();
        for (var count = 0; count < Small.PendingPublishes; count++)
        {
            relay.Publish(Hello, At(1), out _);
        }

        Assert.Empty(relay.Publish(Hello, At(1), out var number));
        Assert.Equal(0, number);
    }

    [Fact]
    public void A_place_is_delivered_when_the_members_here_have_it_or_nobody_is_here()
    {
        var relay = JoinedRelay();
        Assert.True(relay.HasDelivered(0));

        relay.Receive(Deliver(One, Entry(2)), At(1));
        Assert.False(relay.HasDelivered(2));
        relay.Receive(Deliver(One, Entry(1)), At(1));
        Assert.True(relay.HasDelivered(2));
        Assert.False(relay.HasDelivered(3));

        relay.Leave("alice", At(2));
        Assert.True(relay.HasDelivered(3));
        relay.Join("bob", At(2));
        Assert.False(relay.HasDelivered(1));
    }

    [Fact]
    public void When_the_last_member_leaves_a_publish_seen_beyond_a_gap_is_confirmed()
    {
        var relay = JoinedRelay();
        relay.Publish(Hello, At(1), out var number);
        relay.Receive(Deliver(One, Entry(2, North, number)), At(1));

        Assert.Contains(new RelayEffect.Confirmed(number, 2), relay.Leave("alice", At(2)));
    }
}
