namespace AkkaChat.Web.WebSockets;

/// <summary>
/// The WebSockets that are served without a request: the web server does not know of them, so it does not wait for them
/// when it stops. Thread-safe.
/// </summary>
internal sealed class OpenWebSockets
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the server itself, which may let more in.
    private int _count = 1;

    /// <summary>Counts a WebSocket until it has been served.</summary>
    public async Task TrackAsync(Task served)
    {
        Interlocked.Increment(ref _count);
        await served.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave();
    }

    /// <summary>Waits until all have ended, when no more are let in. Called once.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        Leave();
        await _empty.Task.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _empty.TrySetResult();
        }
    }
}
