using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Brings what the logs of rooms say into the tables, where it can be paged, searched and counted. It reads each log from where
/// it was last, so that nothing is left out, whatever was interrupted; several nodes may do the same work twice without harm.
/// Thread-safe.
/// </summary>
internal sealed class MessageProjector : IAsyncDisposable
{
    private const int PageSize = 500;
    private const int RoomsAtOnce = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _dirty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _ready = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly LogNumbering _numbering;
    private readonly IAkkaChat _io;
    private readonly PageWriter _writer;
    private readonly LogRedactor _redactor;
    private readonly TimeProvider _time;
    private readonly ILogger<MessageProjector> _logger;
    private readonly Task _work;

    public MessageProjector(IAkkaChat io, ChatDatabase database, TimeProvider time, ILogger<MessageProjector> logger)
    {
        (_io, _time, _logger) = (io, time, logger);
        _redactor = new LogRedactor(io, database);
        _writer = new PageWriter(database, _redactor, logger);
        _numbering = new LogNumbering(io, database);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Something has been added to the room's log.</summary>
    public void Signal(string room) => _ = Await(room);

    /// <summary>Completes when all that the room's log has now is in the tables.</summary>
    /// <exception cref="EventException">The log cannot be read.</exception>
    public Task SettleAsync(string room) => Await(room);

    /// <summary>
    /// Completes when the room can be used: what an earlier process left undone has been done. Nothing to wait for but
    /// the first time.
    /// </summary>
    public Task ReadyAsync(string room)
    {
        lock (_gate)
        {
            if (_ready.TryGetValue(room, out var ready) && !ready.IsFaulted)
            {
                return ready;
            }
        }

        var settled = Await(room);
        lock (_gate)
        {
            return _ready[room] = settled;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
        _wake.Dispose();
    }

    private Task Await(string room)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            if (!_dirty.TryGetValue(room, out waiting))
            {
                waiting = _dirty[room] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

                // Nobody may be waiting for it to fail.
                _ = waiting.Task.ContinueWith(
                    static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }

        return waiting.Task;
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_end.Token);
                var rooms = TakeDirty();
                await Task.WhenAll(rooms.Select(room => ProjectAsync(room.Key, room.Value)));
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var (_, waiting) in TakeDirty())
            {
                waiting.TrySetCanceled();
            }
        }
    }

    private Dictionary<string, TaskCompletionSource> TakeDirty()
    {
        lock (_gate)
        {
            var taken = _dirty.Take(RoomsAtOnce).ToDictionary(StringComparer.Ordinal);
            foreach (var room in taken.Keys)
            {
                _dirty.Remove(room);
            }

            if (_dirty.Count > 0 && _wake.CurrentCount == 0)
            {
                _wake.Release();
            }

            return taken;
        }
    }

    private async Task ProjectAsync(string room, TaskCompletionSource waiting)
    {
        try
        {
            while (await ProjectPageAsync(room))
            {
            }

            await RedactAsync(room);
            waiting.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            waiting.TrySetCanceled();
        }
        catch (Exception exception)
        {
            MessagesLog.NotProjected(_logger, exception, room);
            waiting.TrySetException(exception);
            _ = SignalLaterAsync(room);
        }
    }

    /// <summary>What the log can't forget now has left the tables already, and holds up nobody.</summary>
    private async Task RedactAsync(string room)
    {
        try
        {
            if (await _numbering.PositionAsync(room) is { } position)
            {
                await _redactor.RunAsync(room, position.Epoch);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            MessagesLog.NotRedacted(_logger, exception, room);
            _ = SignalLaterAsync(room);
        }
    }

    private async Task SignalLaterAsync(string room)
    {
        await Task.Delay(RetryAfter, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_end.IsCancellationRequested)
        {
            Signal(room);
        }
    }

    /// <summary>Takes over one page of the log; false if there may not be more.</summary>
    private async Task<bool> ProjectPageAsync(string room)
    {
        if (await _numbering.PositionAsync(room) is not { } since)
        {
            return false; // The room is gone.
        }

        var page = await _io.LogOf(RoomChanges.KeyOf(room)).ReadAsync(since, PageSize, cancellationToken: _end.Token);
        if (page.Top.Epoch != since.Epoch)
        {
            _numbering.Forget(room);
            return true;
        }

        if (page.Entries.Count == 0)
        {
            return false;
        }

        var last = new LogPosition(page.Top.Epoch, page.Entries[^1].Offset);
        await _writer.WriteAsync(room, page.Entries, last);
        _numbering.Advance(room, last);
        return page.Entries.Count == PageSize;
    }
}
