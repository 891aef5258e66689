using System.Net.Http.Json;
using AkkaChat.ClusterApp.Specs.Processes;
using Xunit.Abstractions;

namespace AkkaChat.ClusterApp.Specs;

/// <summary>Durable rooms of nodes that are processes, with one file for their logs: the one that writes is killed, the next one told to end.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "DisposeAsync disposes of them.")]
public sealed class DurableClusterSpec(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Room = "lobby";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ClusterFiles _files = new() { EmitTimeout = TimeSpan.FromSeconds(3), HasRoomLogs = true };
    private readonly CancellationTokenSource _ending = new();
    private ClusterNode[] _nodes = [];
    private int _acknowledged;

    public Task InitializeAsync()
    {
        _nodes = [.. Enumerable.Range(1, 3).Select(number => new ClusterNode(number, _files))];
        _files.Seeds = _nodes;
        Array.ForEach(_nodes, node => node.Start());
        return Task.WhenAll(_nodes.Select(node => node.ReadyAsync(StartLimit)));
    }

    public async Task DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _files.Dispose();
        _http.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task Of_what_was_acknowledged_nothing_is_lost_and_nothing_is_there_twice()
    {
        try
        {
            await PlayAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{string.Concat(_nodes.Select(node => node.Log))}", exception);
        }
    }

    private async Task PlayAsync()
    {
        var publishing = Task.WhenAll(Enumerable.Range(0, 4).Select(PublishUntilEndAsync));
        await AcknowledgedAsync("before anything happens");
        var writer = Array.Find(_nodes, node => node.Log.Contains("This node writes the room logs", StringComparison.Ordinal))!;

        await writer.KillAsync();
        await AcknowledgedAsync("after the writer was killed");

        var staying = Array.FindAll(_nodes, node => node != writer);
        var next = Array.Find(staying, node => node.Log.Contains("This node writes the room logs", StringComparison.Ordinal))!;
        var ending = next.TerminateAsync();
        await AcknowledgedAsync("while the next one drains");
        await ending;
        await AcknowledgedAsync("after the next one has left");

        await _ending.CancelAsync();
        var all = (await publishing).SelectMany(one => one).ToList();
        var stored = await ReadAllAsync(staying.Single(node => node != next));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.All(all, message => Assert.Equal(message.Text, stored[message.Offset - 1]));
        output.WriteLine($"{all.Count} acknowledged, {stored.Count} stored");
    }

    /// <summary>Publishes one message after the other, each on any node until one acknowledges it.</summary>
    private async Task<List<(string Text, int Offset)>> PublishUntilEndAsync(int publisher)
    {
        List<(string Text, int Offset)> all = [];
        for (var (number, node) = (0, publisher); !_ending.IsCancellationRequested; node++)
        {
            var text = $"{publisher}-{number}";
            if (await TryPublishAsync(_nodes[node % _nodes.Length], text) is { } offset)
            {
                all.Add((text, offset));
                number++;
                Interlocked.Increment(ref _acknowledged);
            }

            await Task.Delay(Pause);
        }

        return all;
    }

    private async Task<int?> TryPublishAsync(ClusterNode node, string text)
    {
        try
        {
            using var answer = await _http.PostAsync(new Uri($"http://{node.Endpoint}/logs/{Room}?text={text}"), null);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<int>() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task AcknowledgedAsync(string when)
    {
        const int More = 50;
        var goal = Volatile.Read(ref _acknowledged) + More;
        var began = TimeProvider.System.GetTimestamp();
        await Waiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref _acknowledged) >= goal), MoveLimit, $"{More} more messages are acknowledged {when}");
        output.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s for {More} messages {when}");
    }

    private async Task<List<string>> ReadAllAsync(ClusterNode node)
    {
        List<string> all = [];
        string[] page;
        do
        {
            page = await _http.GetFromJsonAsync<string[]>(new Uri($"http://{node.Endpoint}/logs/{Room}?after={all.Count}")) ?? [];
            all.AddRange(page);
        }
        while (page.Length > 0);

        return all;
    }
}
