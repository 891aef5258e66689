namespace AkkaChat.Ownership;

/// <summary>What an owner's host has to do, in the order given.</summary>
internal abstract record OwnerEffect
{
    private OwnerEffect()
    {
    }

    /// <summary>Send it to the room's relay on that node; the node makes one if it has none.</summary>
    internal sealed record AskNode(string Node, OwnershipMessages.Ask Message) : OwnerEffect;

    /// <summary>Send it to that very relay; if it has gone, its node answers <see cref="OwnershipMessages.Ended"/>.</summary>
    internal sealed record Send(Incarnation Relay, OwnershipMessages.ToRelay Message) : OwnerEffect;

    /// <summary>Send it to that other owner, on behalf of this node's relay.</summary>
    internal sealed record Reply(Incarnation Owner, OwnershipMessages.Refuse Message) : OwnerEffect;

    /// <summary>Stop: there is a later owner, or was one. Whoever needs the room makes sharding start the next.</summary>
    internal sealed record StepDown : OwnerEffect
    {
        public static readonly StepDown Instance = new();
    }
}
