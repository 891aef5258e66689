using System.Collections.Immutable;
using Akka.Cluster;

namespace AkkaChat.Sharding;

/// <summary>
/// The cluster as this node has seen it. A member counts from the moment it joins, before it is up, until it is removed;
/// from a node that was seen down, or has gone, nothing is taken any more. Immutable.
/// </summary>
internal sealed record ClusterView(ImmutableHashSet<string> Members, ImmutableHashSet<string> Shunned)
{
    public static readonly ClusterView Empty = new([], []);

    /// <summary>A node's name: its address and the number of its run, so that a restarted node is another.</summary>
    public static string NameOf(UniqueAddress node) => $"{node.Address}#{node.Uid}";

    public ClusterView With(Member member)
    {
        var name = NameOf(member.UniqueAddress);
        return member.Status switch
        {
            MemberStatus.Removed => new(Members.Remove(name), Shunned.Add(name)),
            MemberStatus.Down => new(Members.Add(name), Shunned.Add(name)),
            _ => this with { Members = Members.Add(name) },
        };
    }
}
