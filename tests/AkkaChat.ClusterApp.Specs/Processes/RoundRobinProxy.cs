namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>examples/cluster/round-robin.mjs: the way of all clients to the nodes, without stickiness.</summary>
internal sealed class RoundRobinProxy : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _process;

    private RoundRobinProxy(IEnumerable<string> upstreams)
    {
        var endpoint = $"127.0.0.1:{Ports.Free()}";
        Url = $"http://{endpoint}";
        _process = NodeScript.Start(
            "proxy", "proxy.mjs", ["--listen", endpoint, "--ready-path", "/health/ready", .. upstreams], Read);
    }

    public string Url { get; }

    public string Log => _process.Log;

    public static async Task<RoundRobinProxy> StartAsync(IEnumerable<string> upstreams)
    {
        var proxy = new RoundRobinProxy(upstreams);
        await proxy._listens.Task.WaitAsync(StartLimit);
        return proxy;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private bool Read(string line)
    {
        if (line.StartsWith("listening", StringComparison.Ordinal))
        {
            _listens.TrySetResult();
        }

        return false;
    }
}
