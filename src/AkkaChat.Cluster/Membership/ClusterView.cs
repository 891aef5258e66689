using System.Collections.Immutable;
using Akka.Cluster;

namespace AkkaChat.Membership;

/// <summary>
/// The cluster as this node has seen it, as far as it is of the same application. A member counts from the moment it
/// joins, before it is up, until it is removed; from a node that was seen down, or has gone, nothing is taken any more.
/// Immutable.
/// </summary>
/// <param name="Role">What nodes of this application have in common, of all that may be in the cluster.</param>
/// <param name="Members">The names of those that are in it.</param>
/// <param name="Shunned">The names of those that are down or gone.</param>
internal sealed record ClusterView(string Role, ImmutableHashSet<string> Members, ImmutableHashSet<string> Shunned)
{
    /// <summary>What is known before anything was seen.</summary>
    public static ClusterView Of(string role) => new(role, [], []);

    /// <summary>A node's name: its address and the number of its run, so that a restarted node is another.</summary>
    public static string NameOf(UniqueAddress node) => $"{node.Address}#{node.Uid}";

    public ClusterView With(Member member)
    {
        if (!member.HasRole(Role))
        {
            return this;
        }

        var name = NameOf(member.UniqueAddress);
        return member.Status switch
        {
            MemberStatus.Removed => this with { Members = Members.Remove(name), Shunned = Shunned.Add(name) },
            MemberStatus.Down => this with { Members = Members.Add(name), Shunned = Shunned.Add(name) },
            _ => this with { Members = Members.Add(name) },
        };
    }
}
