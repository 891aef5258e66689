using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>A node of the cluster, which keeps its ports when it is started again but is another one then.</summary>
internal sealed class ClusterNode(int number, ClusterFiles files) : IAsyncDisposable
{
    /// <summary>drain.delay and drain.time, and as long again for the cluster to take over.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly int _port = Ports.Free();
    private readonly List<ChildProcess> _runs = [];

    /// <summary>Where the others reach it, which is not where it listens if something is in between.</summary>
    public int RemotingPort { get; init; } = Ports.Free();

    public int RemotingBindPort { get; init; }

    /// <summary>Its name in this run.</summary>
    public string Name => $"node{number}-{_runs.Count}";

    public string Endpoint => $"127.0.0.1:{_port}";

    public int ProcessId => Current.Id;

    public string Log => string.Concat(_runs.TakeLast(2).Select(run => run.Log));

    private ChildProcess Current => _runs[^1];

    public void Start()
    {
        var environment = new Dictionary<string, string>
        {
            ["NODE_NAME"] = $"node{number}-{_runs.Count + 1}",
            ["PORT"] = $"{_port}",
            ["AKKACHAT_CONFIG"] = files.ConfigurationOf(this),
        };
        if (files.RoomLogs is { } logs)
        {
            environment["ROOM_LOGS"] = logs;
        }

        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        _runs.Add(ChildProcess.Start(environment["NODE_NAME"], dotnet, [Repository.ClusterApp], environment, _ => false));
    }

    /// <summary>Waits until it says that clients may come.</summary>
    public Task ReadyAsync(TimeSpan limit) => Waiting.UntilAsync(
        () =>
        {
            Assert.False(Current.HasExited, $"{Name} has ended.");
            return IsReadyAsync();
        },
        limit,
        $"{Name} is ready");

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://{Endpoint}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>The sessions whose upgrades came to this node.</summary>
    public Task<string> UpgradesAsync() => Http.GetStringAsync(new Uri($"http://{Endpoint}/upgrades"));

    /// <summary>Asks the node's HTTP API.</summary>
    public Task<JsonElement> AskAsync(string question) => SendAsync(new HttpRequestMessage(HttpMethod.Get, AddressOf(question)));

    /// <summary>Gives the node's HTTP API a command.</summary>
    public Task<JsonElement> DoAsync(string command, object options) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, AddressOf(command)) { Content = JsonContent.Create(options) });

    public Task KillAsync() => Current.KillAsync();

    public Task TerminateAsync() => Current.TerminateAsync(EndLimit);

    public Task<bool> HasExitedAsync(TimeSpan limit) => Current.HasExitedAsync(limit);

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.DisposeAsync();
        }
    }

    private Uri AddressOf(string what) => new($"http://{Endpoint}/akkachat/api/{what}");

    private static async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ClusterFiles.ApiKey);
            using var answer = await Http.SendAsync(request);
            var content = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, content);
            return JsonSerializer.Deserialize<JsonElement>(content);
        }
    }
}
