using AkkaChat.Ownership;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>Ways to break the protocol on purpose: a checker that catches none of them would prove nothing.</summary>
internal sealed record Sabotage
{
    public static readonly Sabotage None = new();

    /// <summary>Changes what an owner gets.</summary>
    public Func<ToOwner, ToOwner> ToOwner { get; init; } = message => message;

    /// <summary>Changes what a relay gets.</summary>
    public Func<ToRelay, ToRelay> ToRelay { get; init; } = message => message;

    /// <summary>Changes what a relay's host does.</summary>
    public Func<IReadOnlyList<RelayEffect>, IEnumerable<RelayEffect>> Effects { get; init; } = effects => effects;

    /// <summary>Owners do not learn that another owner asks their node.</summary>
    public bool HideRivals { get; init; }

    /// <summary>An owner asks nobody but its own node.</summary>
    public bool AskOneself { get; init; }

    /// <summary>Relays take every epoch for the one they promised.</summary>
    public bool IgnoreEpochs { get; init; }

    /// <summary>A join completes without waiting for the owner.</summary>
    public bool JoinAtOnce { get; init; }

    /// <summary>Relays end though they still have something to keep.</summary>
    public bool EndAnytime { get; init; }
}
