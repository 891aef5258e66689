using Akka.Actor;
using Akka.Actor.Setup;
using AkkaChat.Web.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Hosting;

/// <summary>
/// The server's life within its host: the actors run before the first request, and the sessions are closed before the
/// web server stops, so that it does not wait for them.
/// </summary>
internal sealed class AkkaChatHostedService(
    AkkaChatServer server,
    OpenWebSockets webSockets,
    LoadedConfiguration configuration,
    AkkaChatWebOptions options,
    ILoggerFactory loggers)
    : IHostedLifecycleService
{
    /// <summary>How long sessions and their connections may take to end when the host stops.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);

    private ActorSystem? _ownSystem;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        server.Start(options.ActorSystem ?? StartSystem());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(server.CloseSessionsAsync(CloseLimit), webSockets.EndAsync(CloseLimit));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_ownSystem is not null)
        {
            await CoordinatedShutdown.Get(_ownSystem).Run(CoordinatedShutdown.ClrExitReason.Instance);
        }

        server.Dispose();
    }

    private ActorSystem StartSystem()
    {
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(configuration.Config), new LoggerFactorySetup(loggers));
        return _ownSystem = ActorSystem.Create("akkachat", setup);
    }
}
