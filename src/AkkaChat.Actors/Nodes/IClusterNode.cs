using Akka.Actor;
using Akka.Configuration;

namespace AkkaChat.Nodes;

/// <summary>Makes a server a node of a cluster. Its methods are called in their order, each once.</summary>
internal interface IClusterNode
{
    /// <summary>Whether the cluster has let this node in, and it knows the others.</summary>
    bool IsUp { get; }

    /// <summary>
    /// Whether the others go on without this node, or it cannot keep what it has promised: then there is nothing that its
    /// clients could still wait for here.
    /// </summary>
    bool IsLost { get; }

    /// <summary>Knows where sessions live.</summary>
    INodeDirectory Directory { get; }

    /// <summary>Adds what an actor system of a cluster needs to its configuration, which wins.</summary>
    Config Configure(Config config);

    /// <summary>Starts the server on that actor system.</summary>
    void Start(AkkaChatServer server, ActorSystem system);

    /// <summary>Begins to join the cluster. What can keep a process from starting has been tried by then: a member that ends
    /// without a word holds the rooms of all others up.</summary>
    void Join();

    /// <summary>Tells the other nodes that this one is about to leave.</summary>
    void Drain();

    /// <summary>Hands the rooms over and leaves. Completes when the others have let this node go, or at the limit.</summary>
    Task LeaveAsync(TimeSpan limit);
}
