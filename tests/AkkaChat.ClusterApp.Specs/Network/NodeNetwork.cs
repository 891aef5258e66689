using AkkaChat.ClusterApp.Specs.Processes;

namespace AkkaChat.ClusterApp.Specs.Network;

/// <summary>What is between the nodes: from it a node can be cut off, in both directions, and let in again.</summary>
internal sealed class NodeNetwork : IAsyncDisposable
{
    private readonly IReadOnlyList<ClusterNode> _nodes;
    private readonly List<RemotingProxy> _proxies;
    private volatile ClusterNode? _cut;

    public NodeNetwork(IReadOnlyList<ClusterNode> nodes)
    {
        _nodes = nodes;
        _proxies = [.. nodes.Select(node => new RemotingProxy(node.RemotingPort, node.RemotingBindPort, peer => IsCut(node, peer)))];
    }

    /// <summary>From now on no byte goes between this node and the others, on old connections or new ones; none is closed.</summary>
    public void Cut(ClusterNode node) => _cut = node;

    /// <summary>What was held back arrives.</summary>
    public void Heal()
    {
        _cut = null;
        _proxies.ForEach(proxy => proxy.Release());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    /// <summary>Whether a connection to the node, from the process that has the port as its end, is cut.</summary>
    private bool IsCut(ClusterNode node, RemotingProxy.Peer peer) =>
        _cut is { } cut && (cut == node || (peer.ProcessId ??= FindProcess(node, peer)) == cut.ProcessId);

    private int? FindProcess(ClusterNode node, RemotingProxy.Peer peer) =>
        SocketOwner.Find(peer.Port, node.RemotingPort, _nodes.Select(each => each.ProcessId));
}
