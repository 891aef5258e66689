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

    /// <inheritdoc/>
    public void Say(LogWriting writing) => peers.Say(writing);

    private Result Current()
    {
        var seen = new Seen(_cluster.State.Members, peers.Known, peers.IsDraining, peers.Writing);
        var last = _last;
        return last is not null && last.Seen.IsSame(seen) ? last : _last = Decide(seen);
    }

    private Result Decide(Seen seen)
    {
        var own = seen.Members.Where(member => member.HasRole(peers.Application.Role)).ToList();
        own.Sort(static (one, other) => one.IsOlderThan(other) ? -1 : other.IsOlderThan(one) ? 1 : 0);
        var elected = WriterCandidate.Choose(own.FindAll(member => member.Status == MemberStatus.Up).ConvertAll(member => CandidateOf(member, seen)));
        var self = own.Find(IsSelf);
        var before = own.FindAll(member => self is not null && !IsSelf(member) && (seen.IsDraining || member.IsOlderThan(self)));
        var names = before.ConvertAll(member => CandidateOf(member, seen).Incarnation);
        return new Result(seen, elected?.Incarnation, self is null || names.Contains(null) ? null : [.. names.OfType<string>()]);
    }

    private WriterCandidate CandidateOf(Member member, Seen seen)
    {
        if (IsSelf(member))
        {
            return new WriterCandidate(peers.Incarnation, IsSelf: true, seen.IsDraining, seen.Writing);
        }

        var known = seen.Known.ByName.GetValueOrDefault(ClusterView.NameOf(member.UniqueAddress));
        return new WriterCandidate(known?.Incarnation, IsSelf: false, known?.IsDraining == true, known?.Writing ?? LogWriting.NotYet);
    }

    private bool IsSelf(Member member) => member.UniqueAddress.Equals(_cluster.SelfUniqueAddress);

    /// <summary>What a decision follows from.</summary>
    private sealed record Seen(ImmutableSortedSet<Member> Members, KnownNodes Known, bool IsDraining, LogWriting Writing)
    {
        public bool IsSame(Seen other) => ReferenceEquals(Members, other.Members) && ReferenceEquals(Known, other.Known)
            && IsDraining == other.IsDraining && Writing == other.Writing;
    }

    private sealed record Result(Seen Seen, string? Elected, IReadOnlyList<string>? Elders);
}
