using AkkaChat.Ownership;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>Each rule of the protocol is needed: without it, the checker finds a run that breaks a guarantee.</summary>
public class SabotageTests
{
    [Fact]
    public void A_new_owner_that_does_not_ask_all_nodes_is_caught() =>
        AssertCaught(new Sabotage { AskOneself = true });

    [Fact]
    public void An_earlier_owner_that_does_not_hear_of_the_later_one_is_caught() =>
        AssertCaught(new Sabotage { HideRivals = true }, firstSeed: 370); // rare: a new relay has to find the way to the old owner

    [Fact]
    public void A_join_that_does_not_wait_for_the_owner_is_caught() =>
        AssertCaught(new Sabotage { JoinAtOnce = true });

    [Fact]
    public void A_relay_that_ends_with_something_to_keep_is_caught() =>
        AssertCaught(new Sabotage { EndAnytime = true });

    [Fact]
    public void Promises_without_what_is_held_are_caught() =>
        AssertCaught(new Sabotage { ToOwner = message => message is Promise promise ? promise with { Held = [] } : message });

    [Fact]
    public void A_stable_point_that_is_told_too_early_is_caught() =>
        AssertCaught(new Sabotage { ToRelay = TooStable });

    [Fact]
    public void Acknowledgements_of_what_was_not_delivered_are_caught() =>
        AssertCaught(new Sabotage { ToOwner = TooMuchDelivered });

    [Fact]
    public void A_relay_that_takes_entries_of_a_replaced_owner_is_caught() =>
        AssertCaught(new Sabotage { IgnoreEpochs = true }, firstSeed: 400); // rare: a late message has to come at a bad moment

    [Fact]
    public void A_relay_that_delivers_twice_is_caught() =>
        AssertCaught(new Sabotage { Effects = effects => effects.Concat(effects.OfType<RelayEffect.Deliver>()) });

    [Fact]
    public void A_relay_that_changes_the_order_is_caught() =>
        AssertCaught(new Sabotage { Effects = effects => effects.Reverse() });

    [Fact]
    public void A_relay_that_confirms_what_it_only_sent_is_caught() =>
        AssertCaught(new Sabotage { Effects = ConfirmAtOnce });

    private static void AssertCaught(Sabotage sabotage, int firstSeed = 0)
    {
        var caught = Enumerable.Range(firstSeed, 300).Select(seed => Chaos.Run(seed, sabotage)).FirstOrDefault(result => result.Broken.Count > 0);

        Assert.NotNull(caught);
    }

    private static ToOwner TooMuchDelivered(ToOwner message) =>
        message is Acknowledge acknowledge ? acknowledge with { Delivered = acknowledge.Delivered + 3 } : message;

    private static ToRelay TooStable(ToRelay message) => message is Deliver { Entries: [.., var last] } deliver
        ? deliver with { Stable = Math.Max(deliver.Stable, last.Sequence) }
        : message;

    private static IEnumerable<RelayEffect> ConfirmAtOnce(IReadOnlyList<RelayEffect> effects) =>
        effects.Concat(effects.OfType<RelayEffect.Send>().Select(send => send.Message).OfType<Publish>()
            .Select(publish => new RelayEffect.Confirmed(publish.Number, Sequence: 0)));
}
