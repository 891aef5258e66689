namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>The nodes' settings, as files in a folder of their own.</summary>
internal sealed class ClusterFiles : IDisposable
{
    /// <summary>Of the HTTP API of all nodes.</summary>
    public const string ApiKey = "only-for-tests-too-0123456789abcdefghijkl";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akkachat-cluster-");

    /// <summary>Of all nodes; known before the first is started.</summary>
    public IReadOnlyList<ClusterNode> Seeds { get; set; } = [];

    /// <summary>Short where rooms wait in vain for a node that is lost; long where nothing may fail, however slow the machine.</summary>
    public TimeSpan EmitTimeout { get; init; }

    /// <summary>Where the logs of durable rooms are, one file for all nodes; null if they keep none.</summary>
    public string? RoomLogs => HasRoomLogs ? Path.Combine(_folder.FullName, "rooms.db") : null;

    public bool HasRoomLogs { get; init; }

    /// <summary>
    /// As in production, but with everything that waits shortened, though not so far that a machine under load seems dead.
    /// </summary>
    public string ConfigurationOf(ClusterNode node)
    {
        var file = Path.Combine(_folder.FullName, $"{node.RemotingPort}.conf");
        File.WriteAllText(file, $$"""
            akkachat {
              cluster {
                node = "127.0.0.1:{{node.RemotingPort}}"
                seeds = [{{string.Join(", ", Seeds.Select(seed => $"\"127.0.0.1:{seed.RemotingPort}\""))}}]
                listen = "127.0.0.1:0"
                secret = "only-for-tests-0123456789abcdefghijklmnop"
                shards = 30
                answer-timeout = 5s
              }
              drain { delay = 750ms, time = 1s }
              api.keys = ["{{ApiKey}}"]
              emit-timeout = {{EmitTimeout.TotalSeconds}}s
              room-log.max-entries = 100000
            }
            akka {
              {{BindingOf(node)}}
              cluster {
                seed-node-timeout = 3s
                gossip-interval = 200ms
                leader-actions-interval = 200ms
                periodic-tasks-initial-delay = 200ms
                unreachable-nodes-reaper-interval = 300ms
                failure-detector { heartbeat-interval = 500ms, acceptable-heartbeat-pause = 4s }
                split-brain-resolver.stable-after = 3s
                sharding.retry-interval = 500ms
                sharding.distributed-data.gossip-interval = 200ms
                distributed-data.gossip-interval = 200ms
              }
            }
            """);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string BindingOf(ClusterNode node) => node.RemotingBindPort == 0
        ? ""
        : $"remote.dot-netty.tcp {{ hostname = \"127.0.0.1\", port = {node.RemotingBindPort} }}";
}
