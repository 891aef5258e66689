using System.Text.Json;
using AkkaChat.Handlers;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>
/// The time until which a client's credentials are good. When it comes the client is asked for new ones; if it has none
/// that the application accepts, its connection is closed. Thread-safe.
/// </summary>
internal sealed class CredentialExpiry(Namespace owner, Socket socket, Session session) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Sets the time; null: they do not expire.</summary>
    public void Set(DateTimeOffset? when)
    {
        var time = owner.Server.Time;
        var delay = when is { } moment ? Limit(moment - time.GetUtcNow()) : Timeout.InfiniteTimeSpan;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _timer?.Dispose();
            _timer = time.CreateTimer(_ => OnExpired(), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private static TimeSpan Limit(TimeSpan delay)
    {
        var longest = TimeSpan.FromDays(30);
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay > longest ? longest : delay;
    }

    private void OnExpired() => _ = RefreshAsync();

    private async Task RefreshAsync()
    {
        if (!await TryRefreshAsync())
        {
            owner.Server.Log.CredentialsExpired(socket.Id, owner.Name);
            session.Close(CloseReason.CredentialsExpired);
        }
    }

    private async Task<bool> TryRefreshAsync()
    {
        if (owner.Handlers.RefreshHandler is not { } handler)
        {
            return false;
        }

        try
        {
            var answer = await socket.WithTimeout(owner.Server.Settings.AuthGrace)
                .CallAsync<EventArguments>(HandlerRegistry.RefreshEvent);
            var context = new EventContext(socket, HandlerRegistry.RefreshEvent, answer, wantsAck: false);
            await owner.Server.Invoker.InvokeAsync(handler, new HandlerCall(context));
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or SocketDisconnectedException
            or EventException or ArgumentBindingException or JsonException)
        {
            return false;
        }
        catch (Exception exception)
        {
            owner.Server.Log.HandlerFailed(exception, HandlerRegistry.RefreshEvent, owner.Name, socket.Id);
            return false;
        }
    }
}
