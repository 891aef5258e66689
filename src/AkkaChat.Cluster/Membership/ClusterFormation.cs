using Akka.Actor;
using AkkaChat.Settings;

namespace AkkaChat.Membership;

/// <summary>
/// Brings this node into the cluster: asks its seeds until one lets it in, and looks up their names again each time. A node
/// without seeds, or the first of them when no other answers, forms a cluster.
/// </summary>
internal sealed class ClusterFormation(ActorSystem system, ClusterSettings settings, TimeProvider time, MembershipLog log)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(15);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(system);

    /// <summary>Completes when this node is up, or with the actor system.</summary>
    public async Task RunAsync()
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.RegisterOnMemberUp(() => up.TrySetResult());
        var resolver = new SeedResolver(settings.Seeds, _cluster.SelfAddress, log);
        log.Joining(_cluster.SelfAddress.ToString(), settings.Name, Show(await JoinAsync(resolver)));
        var ended = Task.WhenAny(up.Task, system.WhenTerminated);
        while (await Task.WhenAny(ended, Task.Delay(AskAgainAfter, time)) != ended)
        {
            log.NotUp(settings.Name, AskAgainAfter.TotalSeconds, Show(await JoinAsync(resolver)));
        }

        if (up.Task.IsCompleted)
        {
            log.Up(_cluster.SelfAddress.ToString(), settings.Name);
        }
    }

    private async Task<IReadOnlyList<Address>> JoinAsync(SeedResolver resolver)
    {
        IReadOnlyList<Address> seeds = settings.Seeds.Count == 0 ? [_cluster.SelfAddress] : await resolver.ResolveAsync();
        if (seeds.Count > 0 && _cluster.State.Members.IsEmpty)
        {
            _cluster.JoinSeedNodes(seeds);
        }

        return seeds;
    }

    private static string Show(IEnumerable<Address> seeds) => string.Join(", ", seeds);
}
