namespace AkkaChat.Sockets;

/// <summary>The application's work that lives as long as the server. Thread-safe.</summary>
internal sealed class BackgroundWork(ServerLog log) : IDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Lets what waits begin.</summary>
    public void Begin() => _started.TrySetResult();

    /// <summary>Asks all work to end.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <summary>Runs work once the server has started.</summary>
    public Task Start(Func<CancellationToken, Task> work)
    {
        // It belongs to no handler, whose ack would otherwise wait for what it emits.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => RunAsync(work));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        var stopping = _stopping.Token;
        try
        {
            await _started.Task.WaitAsync(stopping);
            await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it is told to end.
        }
        catch (Exception exception)
        {
            log.BackgroundFailed(exception);
        }
    }
}
