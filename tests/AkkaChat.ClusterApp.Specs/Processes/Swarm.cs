using System.Collections.Concurrent;
using System.Text.Json;
using AkkaChat.ClusterApp.Specs.Histories;

namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>Stock JavaScript clients in a process of their own (tests/node-client/cluster/swarm.mjs), and what they saw.</summary>
internal sealed class Swarm : IAsyncDisposable
{
    /// <summary>Beyond the limits that the commands have themselves.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _open = new();
    private readonly List<Observation.View> _views = [];
    private readonly List<Observation.Publish> _publishes = [];
    private readonly ChildProcess _process;
    private int _commands;

    private Swarm() => _process = NodeScript.Start("swarm", "swarm.mjs", [], Read);

    public string Log => _process.Log;

    public static async Task<Swarm> StartAsync()
    {
        await NodeScript.InstallAsync();
        return new Swarm();
    }

    /// <summary>Runs a command; the limit becomes an option of it.</summary>
    public async Task<JsonElement> RunAsync(string command, object? options = null, TimeSpan? limit = null)
    {
        var time = limit ?? TimeSpan.FromSeconds(30);
        var id = Interlocked.Increment(ref _commands);
        var answer = _open[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = JsonSerializer.SerializeToNode(options ?? new { })!.AsObject();
        line["id"] = id;
        line["command"] = command;
        line["limit"] = (int)time.TotalMilliseconds;
        await _process.WriteAsync(line.ToJsonString());
        return await answer.Task.WaitAsync(time + Margin);
    }

    /// <summary>Everything up to now.</summary>
    public async Task<Observation> ReportAsync()
    {
        _views.Clear();
        _publishes.Clear();
        await RunAsync("report");
        return new Observation([.. _views], [.. _publishes]);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Called for one line after the other.</summary>
    private bool Read(string line)
    {
        var item = JsonSerializer.Deserialize<JsonElement>(line);
        if (item.TryGetProperty("view", out var view))
        {
            _views.Add(view.Deserialize<Observation.View>(Json)!);
        }
        else if (item.TryGetProperty("publish", out var publish))
        {
            _publishes.Add(publish.Deserialize<Observation.Publish>(Json)!);
        }
        else if (item.TryGetProperty("id", out var id))
        {
            Complete(_open[id.GetInt32()], item);
        }

        return true;
    }

    private static void Complete(TaskCompletionSource<JsonElement> answer, JsonElement item)
    {
        if (item.TryGetProperty("error", out var error))
        {
            answer.SetException(new InvalidOperationException($"The clients say: {error}"));
        }
        else
        {
            answer.SetResult(item.GetProperty("result"));
        }
    }
}
