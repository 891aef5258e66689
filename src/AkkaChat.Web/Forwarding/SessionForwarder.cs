using System.Collections.Concurrent;
using AkkaChat.Nodes;
using AkkaChat.Sockets;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// Hands requests of sessions that live on other nodes to these, so that any node serves any session. What the client
/// may do at all, by its origin, has been decided by then, here, where its request came in.
/// </summary>
internal sealed class SessionForwarder : IDisposable
{
    /// <summary>How long requests that are with other nodes may still take when this node stops.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Uri, Owner> _owners = new();
    private readonly ConcurrentDictionary<ForwardedExchange, byte> _open = new();
    private readonly AkkaChatServer _server;
    private readonly INodeDirectory _directory;
    private readonly NodeClient _client;
    private readonly ForwardingLog _log;
    private readonly ForwardingMetrics _metrics;
    private readonly CancellationTokenSource _stopped = new();
    private volatile bool _isDraining;

    public SessionForwarder(
        AkkaChatServer server, INodeDirectory directory, NodeClient client, ForwardingLog log, ForwardingMetrics metrics) =>
        (_server, _directory, _client, _log, _metrics) = (server, directory, client, log, metrics);

    /// <summary>Has a request answered by the node its session lives on; false if nobody can answer it.</summary>
    public async Task<bool> TryForwardAsync(HttpContext context, string sid)
    {
        if (SocketId.IncarnationOf(sid) is not { } incarnation)
        {
            return false;
        }

        try
        {
            return await TryForwardAsync(context, await _directory.FindAsync(incarnation, context.RequestAborted));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>
    /// This node is about to end: has the polls that wait at their owners answered, so that clients send the next ones
    /// elsewhere and lose nothing, and breaks off WebSockets one after the other. What is left after that gets a moment.
    /// </summary>
    public async Task DrainAsync(TimeSpan over)
    {
        _isDraining = true;
        var webSockets = _open.Keys.Where(exchange => exchange.IsWebSocket).ToArray();
        var released = ReleasePollsAsync();
        await Paced.ForEachAsync(webSockets, over, _server.Time, exchange => exchange.BreakOff());
        await released;

        // Those that have come meanwhile, by connections that their clients had already.
        await ReleasePollsAsync();
        _stopped.CancelAfter(StopLimit);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopped.Dispose();

    private Task ReleasePollsAsync() =>
        Task.WhenAll(_open.Keys.Where(exchange => !exchange.IsWebSocket).Select(exchange => exchange.ReleaseAsync()));

    private async Task<bool> TryForwardAsync(HttpContext context, NodeLocation location)
    {
        if (location is { Presence: NodePresence.Elsewhere, Address: { } address })
        {
            return await ForwardAsync(context, _owners.GetOrAdd(address, NewOwner));
        }

        if (location.Presence == NodePresence.Gone)
        {
            _metrics.Count(ForwardingOutcome.Gone);
        }

        return false;
    }

    /// <summary>True unless nothing has been said to the client yet.</summary>
    private async Task<bool> ForwardAsync(HttpContext context, Owner owner)
    {
        var settings = _server.Settings;
        var exchange = new ForwardedExchange(context, owner, settings.PingInterval + settings.PingTimeout, () => _isDraining);
        _metrics.Begin();
        _open[exchange] = 0;
        var outcome = ForwardingOutcome.Broken;
        try
        {
            outcome = await exchange.RunAsync(_stopped.Token);
        }
        finally
        {
            _open.TryRemove(exchange, out _);
            _metrics.End(outcome);
        }

        _log.Forwarded(context.Request.Method, context.Request.Path, owner.Name, outcome);
        return outcome is ForwardingOutcome.Answered or ForwardingOutcome.Aborted || context.Response.HasStarted;
    }

    private Owner NewOwner(Uri address) =>
        new(address, _client, _log, _server.Settings.Cluster.AnswerTimeout, _server.Time);
}
