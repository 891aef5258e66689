using System.Collections.Concurrent;
using AkkaChat.Nodes;
using AkkaChat.Sessions;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Several servers that know of each other, as a cluster will tell them.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    public const string Secret = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>How long a node may give no sign of life; long enough for a busy machine.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, NodeLocation> _known = new();
    private readonly List<TestServer> _servers = [];
    private readonly List<IAsyncDisposable> _clients = [];

    public TestServer this[int index] => _servers[index];

    public IReadOnlyList<TestServer> All => _servers;

    /// <summary>Starts servers, all alike.</summary>
    public static async Task<Nodes> StartAsync(
        int count,
        Action<IAkkaChat>? map = null,
        Action<AkkaChatWebOptions>? options = null,
        Action<WebApplicationBuilder>? build = null)
    {
        var nodes = new Nodes();
        for (var index = 0; index < count; index++)
        {
            await nodes.AddAsync(map, options, build);
        }

        return nodes;
    }

    /// <summary>Starts one more server.</summary>
    public async Task<TestServer> AddAsync(
        Action<IAkkaChat>? map = null,
        Action<AkkaChatWebOptions>? options = null,
        Action<WebApplicationBuilder>? build = null)
    {
        var server = await TestServer.StartAsync(
            map,
            values =>
            {
                values.ClusterListen = "127.0.0.1:0";
                values.ClusterSecret = Secret;
                values.ClusterAnswerTimeout = AnswerTimeout;
                options?.Invoke(values);
            },
            builder =>
            {
                builder.Services.AddSingleton<INodeDirectory>(new Directory(_known));
                build?.Invoke(builder);
            });
        _servers.Add(server);
        Tell(server, NodeLocation.At(InternalAddressOf(server)));
        return server;
    }

    /// <summary>Tells all nodes, that one too, where a node is.</summary>
    public void Tell(TestServer server, NodeLocation location) => _known[IncarnationOf(server)] = location;

    /// <summary>Waits until a poll of a session waits at the node that has it.</summary>
    public static Task HasPollAsync(TestServer server, string sid) =>
        BecomesAsync(server, sid, session => session.Polling is { HasPoll: true });

    /// <summary>Waits until the node that has a session reads a body for it.</summary>
    public static Task HasPostAsync(TestServer server, string sid) => BecomesAsync(server, sid, session => session.IsPosting);

    /// <summary>Waits until nothing of a node's is with other nodes.</summary>
    public static Task HandsNothingOnAsync(TestServer server) =>
        BecomesAsync(() => server.Services.GetRequiredService<ForwardingMetrics>().Active == 0);

    public static string IncarnationOf(TestServer server) => server.Services.GetRequiredService<AkkaChatServer>().Incarnation;

    public static Uri InternalAddressOf(TestServer server) => server.Services.GetRequiredService<InternalListener>().Address;

    /// <summary>Disposes a client before the servers stop.</summary>
    public T Track<T>(T client)
        where T : IAsyncDisposable
    {
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static Task BecomesAsync(TestServer server, string sid, Func<Session, bool> condition)
    {
        var session = server.Services.GetRequiredService<AkkaChatServer>().FindSession(sid)!;
        return BecomesAsync(() => condition(session));
    }

    private static async Task BecomesAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit.Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A list that everybody has.</summary>
    private sealed class Directory(ConcurrentDictionary<string, NodeLocation> known) : INodeDirectory
    {
        public ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken) =>
            new(known.GetValueOrDefault(incarnation));
    }
}
