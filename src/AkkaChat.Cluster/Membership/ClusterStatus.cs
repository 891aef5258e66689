using Akka.Cluster;
using AkkaChat.Nodes;

namespace AkkaChat.Membership;

/// <summary>What this node knows of the cluster, and what the nodes say of themselves.</summary>
internal sealed class ClusterStatus(AkkaChatServer server, ClusterMembership membership, NodeLife life) : IClusterStatus
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private readonly NodeRequestHandler _own = new(server);

    /// <inheritdoc/>
    public async Task<ClusterReport> ReportAsync(CancellationToken cancellationToken)
    {
        var settings = server.Settings.Cluster;
        var nodes = membership.Peers is { } peers
            ? await Task.WhenAll(MembersOf(peers).Select(member => ReportAsync(peers, member, cancellationToken)))
            : [];
        return new ClusterReport(settings.Name, settings.Application, settings.Shards, nodes);
    }

    private IEnumerable<Member> MembersOf(ClusterPeers peers) =>
        Cluster.Get(server.System).State.Members.Where(member => member.HasRole(peers.Application.Role));

    private async Task<NodeReport> ReportAsync(ClusterPeers peers, Member member, CancellationToken cancellationToken)
    {
        var name = ClusterView.NameOf(member.UniqueAddress);
        var isThis = name == peers.Name;
        var known = peers.Known.ByName.GetValueOrDefault(name);
        var incarnation = isThis ? server.Incarnation : known?.Incarnation;
        return new NodeReport(
            incarnation,
            member.Address.ToString(),
            member.Status.ToString().ToLowerInvariant(),
            IsReachable: !Cluster.Get(server.System).State.Unreachable.Contains(member),
            isThis,
            IsDraining: isThis ? life.IsDraining : known?.IsDraining == true,
            isThis ? await OwnLoadAsync(cancellationToken) : await LoadAsync(incarnation, cancellationToken));
    }

    private async Task<NodeLoad?> OwnLoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var reply in _own.HandleAsync(new NodeRequest.Load(), cancellationToken))
        {
            return (reply as NodeReply.Load)?.Numbers;
        }

        return null;
    }

    private async Task<NodeLoad?> LoadAsync(string? incarnation, CancellationToken cancellationToken)
    {
        if (incarnation is null)
        {
            return null;
        }

        var answers = await server.Peers.AskAsync(new NodeRequest.Load(), [incarnation], AnswerLimit, cancellationToken);
        return answers.Replies.OfType<NodeReply.Load>().FirstOrDefault()?.Numbers;
    }
}
