using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using AkkaChat.Nodes;

namespace AkkaChat.Membership;

/// <summary>
/// Says by what this node sees of the cluster which node is to write the logs of durable rooms. The result is kept until something
/// has changed.
/// </summary>
internal sealed class WriterElection(ActorSystem system, ClusterPeers peers) : IWriterElection
{
    private readonly Cluster _cluster = Cluster.Get(system);
    private volatile Result? _last;

    /// <inheritdoc/>
    public string? Elected => Current().Elected;

    /// <inheritdoc/>
    public bool IsOut => _cluster.IsTerminated || _cluster.SelfMember.Status is MemberStatus.Down or MemberStatus.Removed;

    /// <inheritdoc/>
    public IReadOnlyList<string>? Elders => Current().Elders;

    private Result Current()
    {
        var (members, known, isDraining) = (_cluster.State.Members, peers.Known, peers.IsDraining);
        var last = _last;
        return last is not null && ReferenceEquals(last.Members, members) && ReferenceEquals(last.Known, known) && last.IsDraining == isDraining
            ? last
            : _last = Decide(members, known, isDraining);
    }

    private Result Decide(ImmutableSortedSet<Member> members, KnownNodes known, bool isDraining)
    {
        var own = members.Where(member => member.HasRole(peers.Application.Role)).ToList();
        var up = own.FindAll(member => member.Status == MemberStatus.Up);
        var staying = up.FindAll(member => !(IsSelf(member) ? isDraining : known.ByName.GetValueOrDefault(NameOf(member))?.IsDraining == true));
        var oldest = Oldest(staying.Count > 0 ? staying : up);
        var self = own.Find(IsSelf);
        var elders = own.FindAll(member => self is not null && !IsSelf(member) && member.IsOlderThan(self));
        var names = elders.ConvertAll(member => IncarnationOf(member, known));
        return new Result(
            members, known, isDraining, oldest is null ? null : IncarnationOf(oldest, known), self is null || names.Contains(null) ? null : [.. names.OfType<string>()]);
    }

    private static Member? Oldest(List<Member> members) =>
        members.Aggregate((Member?)null, (oldest, member) => oldest is null || member.IsOlderThan(oldest) ? member : oldest);

    private string? IncarnationOf(Member member, KnownNodes known) =>
        IsSelf(member) ? peers.Incarnation : known.ByName.GetValueOrDefault(NameOf(member))?.Incarnation;

    private bool IsSelf(Member member) => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress);

    private static string NameOf(Member member) => ClusterView.NameOf(member.UniqueAddress);

    private sealed record Result(
        ImmutableSortedSet<Member> Members, KnownNodes Known, bool IsDraining, string? Elected, IReadOnlyList<string>? Elders);
}
