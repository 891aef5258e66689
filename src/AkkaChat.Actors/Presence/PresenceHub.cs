using AkkaChat.Dispatch;

namespace AkkaChat.Presence;

/// <summary>
/// Gathers what changes in the presence of rooms, and tells it once in an interval: to this node's clients, and to the
/// other nodes. Thread-safe.
/// </summary>
internal sealed class PresenceHub : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AkkaChatServer _server;
    private readonly PresenceLog _log;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private HashSet<PresenceRoom> _changed = [];
    private bool _isDue;
    private long _lastRef;

    public PresenceHub(AkkaChatServer server, PresenceLog log)
    {
        _server = server;
        _log = log;
        _stopped = _stopping.Token;
        _timer = server.Time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Peers = new PresencePeers(server, this);
    }

    /// <summary>The other nodes.</summary>
    public PresencePeers Peers { get; }

    /// <summary>Whether the server has ended.</summary>
    public bool IsStopped => _stopped.IsCancellationRequested;

    /// <summary>A ref that no entry of any node has had.</summary>
    public string NewRef() => $"{_server.Incarnation}{Interlocked.Increment(ref _lastRef):x}";

    /// <summary>There may be something to tell of a room.</summary>
    public void Changed(PresenceRoom room)
    {
        lock (_gate)
        {
            _changed.Add(room);
            Arm();
        }
    }

    /// <summary>Completes when the time is over, or the server has ended.</summary>
    public async Task WaitAsync(TimeSpan time) =>
        await Task.Delay(time, _server.Time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsStopped)
        {
            return;
        }

        _timer.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>One at a time: the timer is set anew when it is done.</summary>
    private void Tell()
    {
        try
        {
            Peers.Push(TellClients(TakeChanged()));
        }
        catch (Exception exception)
        {
            _log.TellFailed(exception);
        }

        lock (_gate)
        {
            _isDue = false;
            Arm();
        }
    }

    private HashSet<PresenceRoom> TakeChanged()
    {
        lock (_gate)
        {
            var changed = _changed;
            _changed = [];
            return changed;
        }
    }

    private static List<(PresenceKey Room, PresenceDiff Diff)> TellClients(IEnumerable<PresenceRoom> rooms)
    {
        // Outboxes are not written in the locks of the rooms, and each once for all rooms.
        WakeBatch.Begin();
        try
        {
            return [.. from room in rooms let diff = room.Tell() where !diff.IsEmpty select (room.Key, diff)];
        }
        finally
        {
            WakeBatch.End();
        }
    }

    private void Arm()
    {
        if (!_isDue && _changed.Count > 0)
        {
            _isDue = true;
            _timer.Change(_server.Settings.PresenceDiffInterval, Timeout.InfiniteTimeSpan);
        }
    }
}
