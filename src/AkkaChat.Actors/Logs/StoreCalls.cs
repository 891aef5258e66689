using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Calls the store, each call with a time limit, whether the store minds it or not.</summary>
internal sealed class StoreCalls(IRoomLogStore store, TimeSpan limit, TimeProvider time)
{
    /// <exception cref="TimeoutException">The store has not answered in time.</exception>
    public async Task<T> RunAsync<T>(Func<IRoomLogStore, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await call(store, both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException exception) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The store of the room logs did not answer within {limit.TotalSeconds:0.###} s (akkachat.emit-timeout).",
                exception);
        }
    }
}
