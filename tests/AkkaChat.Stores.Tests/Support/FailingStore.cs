namespace AkkaChat.Stores.Tests.Support;

public enum FailureMode
{
    None,

    /// <summary>Nothing is done.</summary>
    Before,

    /// <summary>All is done, and the answer is lost.</summary>
    After,

    /// <summary>Appends wait for <see cref="FailingStore.FinishHangingAsync"/>, whatever their limit is.</summary>
    Hangs,

    /// <summary>The append that hangs takes effect just before the next one.</summary>
    Overtaken,
}

/// <summary>A store in memory with the failures of a network.</summary>
internal sealed class FailingStore : IRoomLogStore
{
    private readonly MemoryRoomLogStore _memory = new();
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FailureMode _mode;
    private Task _late = Task.CompletedTask;

    public FailureMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    /// <summary>Completes when an append hangs.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>Lets the append that hangs take effect.</summary>
    public async Task FinishHangingAsync()
    {
        _released.SetResult();
        await _late;
    }

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken)
    {
        if (_mode == FailureMode.Overtaken)
        {
            return AppendAfterHangingAsync(group);
        }

        if (_mode != FailureMode.Hangs)
        {
            return RunAsync(() => _memory.AppendAsync(group, cancellationToken));
        }

        var late = AppendLateAsync(group);
        _late = late;
        _hanging.TrySetResult();
        return late;
    }

    public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken) =>
        _mode == FailureMode.Before ? Task.FromException<LogSlice>(new IOException("No network.")) : _memory.ReadAsync(log, range, cancellationToken);

    public Task<bool> ReplaceAsync(RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        RunAsync(() => _memory.ReplaceAsync(log, position, content, cancellationToken));

    public Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(() => _memory.ResetAsync(log, now, cancellationToken));

    public Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken) => _memory.TrimAsync(now, cancellationToken);

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    private async Task<IReadOnlyList<LogAppended>> AppendLateAsync(IReadOnlyList<LogAppend> group)
    {
        await _released.Task;
        return await _memory.AppendAsync(group, CancellationToken.None);
    }

    private async Task<IReadOnlyList<LogAppended>> AppendAfterHangingAsync(IReadOnlyList<LogAppend> group)
    {
        _mode = FailureMode.None;
        await FinishHangingAsync();
        return await _memory.AppendAsync(group, CancellationToken.None);
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        if (_mode == FailureMode.Before)
        {
            throw new IOException("No network.");
        }

        var result = await run();
        return _mode == FailureMode.After ? throw new IOException("The answer was lost.") : result;
    }
}
