using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>Messages to <see cref="OwnerActor"/> that stay on the node; relays send envelopes.</summary>
internal static class OwnerMessages
{
    /// <summary>From the node: it is registered and may begin.</summary>
    internal sealed record Begin(Incarnation Self, ClusterView View);

    /// <summary>From the node: an owner of the room, here or elsewhere, asks this node.</summary>
    internal sealed record Rival(RelayEnvelope Envelope, OwnershipMessages.Ask Ask);

    /// <summary>Look at the clock.</summary>
    internal sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
