using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using AkkaChat.Nodes;
using AkkaChat.Settings;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Hosting;

/// <summary>
/// The server's life within its host: the actors run before the first request, and the sessions are closed before the
/// web server stops, so that it does not wait for them. A node of a cluster joins as it starts, and leaves when nobody is
/// connected to it any more.
/// </summary>
internal sealed class AkkaChatHostedService(
    AkkaChatServer server,
    NodeLife life,
    OpenWebSockets webSockets,
    LoadedConfiguration configuration,
    AkkaChatWebOptions options,
    ILoggerFactory loggers,
    SessionForwarder? forwarder = null,
    IClusterNode? cluster = null)
    : IHostedLifecycleService
{
    /// <summary>How long sessions and their connections may take to end when the host stops.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long the rooms of a node may take to move to the others.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(15);

    private readonly IClusterNode? _node = NodeOf(server, cluster);
    private ActorSystem? _ownSystem;

    /// <summary>What a host must allow on top of its own time for stopping.</summary>
    public static TimeSpan StopTime(AkkaChatServer server) => server.Settings.Drain.Delay + server.Settings.Drain.Time
        + (server.Settings.Cluster.Node is null ? TimeSpan.Zero : LeaveLimit);

    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_node is not null)
        {
            _node.Start(server, options.ActorSystem ?? StartSystem());
            return;
        }

        await (server.Logs?.StartAsync(cancellationToken) ?? Task.CompletedTask);
        server.Start(options.ActorSystem ?? StartSystem());
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        life.Start();
        _node?.Join();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The clients of a node that is lost miss what the others get, so they go at once.
        var drain = _node is { IsLost: true } ? new DrainSettings(TimeSpan.Zero, TimeSpan.Zero) : server.Settings.Drain;
        life.Drain();
        _node?.Drain();
        await Task.Delay(drain.Delay, server.Time, CancellationToken.None);
        await Task.WhenAll(server.MoveSessionsAsync(drain.Time), forwarder?.DrainAsync(drain.Time) ?? Task.CompletedTask);
        await Task.WhenAll(server.CloseSessionsAsync(CloseLimit), webSockets.EndAsync(CloseLimit));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await (server.Logs?.StopAsync(CloseLimit) ?? Task.CompletedTask);
        await (_node?.LeaveAsync(LeaveLimit) ?? Task.CompletedTask);
        if (_ownSystem is not null)
        {
            await CoordinatedShutdown.Get(_ownSystem).Run(CoordinatedShutdown.ClrExitReason.Instance);
        }

        server.Dispose();
    }

    private static IClusterNode? NodeOf(AkkaChatServer server, IClusterNode? cluster) =>
        server.Settings.Cluster.Node is null ? null
        : cluster ?? throw new AkkaChatConfigurationException(
            "akkachat.cluster.node is set, but this program cannot be a node of a cluster. Call builder.AddAkkaChatCluster(), "
            + "of package AkkaChat.Cluster; it needs Akka.Cluster, which is not on every package feed.");

    private ActorSystem StartSystem()
    {
        var config = _node?.Configure(configuration.Config) ?? configuration.Config;
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new LoggerFactorySetup(loggers));
        try
        {
            return _ownSystem = ActorSystem.Create(_node is null ? "akkachat" : server.Settings.Cluster.Name, setup);
        }
        catch (Exception exception) when (Innermost(exception) is SocketException reason)
        {
            throw new AkkaChatConfigurationException(
                $"This node cannot listen at {server.Settings.Cluster.Node} (akkachat.cluster.node): {reason.Message}.", exception);
        }
    }

    /// <summary>Remoting wraps its errors once for each task between.</summary>
    private static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner ? Innermost(inner) : exception;
}
