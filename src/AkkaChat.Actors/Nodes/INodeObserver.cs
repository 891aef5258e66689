namespace AkkaChat.Nodes;

/// <summary>Hears of the other nodes of the cluster. Called by one thread at a time; must not block or throw.</summary>
internal interface INodeObserver
{
    /// <summary>A node has said who it is; before anything else that comes from it.</summary>
    /// <param name="incarnation">How the ids of its sessions begin.</param>
    void Came(string incarnation);

    /// <summary>A node is down or has left. Nothing more comes from it.</summary>
    /// <param name="incarnation">How the ids of its sessions began.</param>
    void Gone(string incarnation);
}
