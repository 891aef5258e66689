using AkkaChat.Wire;

namespace AkkaChat.Membership;

/// <summary>Messages to <see cref="PeerActor"/> that stay on the node; other nodes send <see cref="PeerMessage"/>.</summary>
internal static class PeerMessages
{
    /// <summary>Ask other nodes.</summary>
    /// <param name="Question">Takes the answers.</param>
    /// <param name="Body">What is asked.</param>
    /// <param name="Incarnations">Which nodes; null: all others.</param>
    internal sealed record Ask(PeerQuestion Question, ReadOnlyMemory<byte> Body, IReadOnlyCollection<string>? Incarnations);

    /// <summary>Nobody waits for the answers any more.</summary>
    internal sealed record GiveUp(PeerQuestion Question);

    /// <summary>Tell the other nodes what has changed about this one.</summary>
    internal sealed record Changed
    {
        public static readonly Changed Instance = new();
    }

    /// <summary>Look for nodes that have not said who they are.</summary>
    internal sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
