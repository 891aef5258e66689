using AkkaChat.Nodes;

namespace AkkaChat.Wire;

/// <summary>What nodes say to each other about themselves. A closed set: each has a form on the wire.</summary>
/// <param name="Sender">The name of the node that has sent it, by its own words.</param>
internal abstract record PeerMessage(string Sender)
{
    /// <summary>Here I am. Repeated until the other one has said so too.</summary>
    /// <param name="Sender">Who.</param>
    /// <param name="Incarnation">How the ids of its sessions begin.</param>
    /// <param name="Address">Where it takes requests that other nodes hand on; empty if it takes none.</param>
    /// <param name="IsDraining">Whether it is about to leave.</param>
    /// <param name="WantsAnswer">Whether it has not heard of the one it speaks to.</param>
    /// <param name="Writing">What it has to do with the store of durable rooms.</param>
    internal sealed record Hello(
        string Sender, string Incarnation, string Address, bool IsDraining, bool WantsAnswer, LogWriting Writing) : PeerMessage(Sender);

    /// <summary>A question.</summary>
    /// <param name="Sender">Who asks.</param>
    /// <param name="Id">Goes back with the answer.</param>
    /// <param name="Body">What is asked.</param>
    internal sealed record Request(string Sender, long Id, ReadOnlyMemory<byte> Body) : PeerMessage(Sender);

    /// <summary>A part of an answer.</summary>
    /// <param name="Sender">Who answers.</param>
    /// <param name="Id">As it was asked.</param>
    /// <param name="Part">From 0.</param>
    /// <param name="IsLast">Whether this is the last one.</param>
    /// <param name="Body">The part; empty if there is nothing more to say.</param>
    internal sealed record Reply(string Sender, long Id, int Part, bool IsLast, ReadOnlyMemory<byte> Body) : PeerMessage(Sender);
}
