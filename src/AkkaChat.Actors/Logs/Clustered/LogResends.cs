using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// Sends again what is stored and could not be sent, because its room had no owner at the time. Of each room the newest such
/// message is enough: whoever gets it sees what is missing before it. If it is too much, a room's next message has to do.
/// Thread-safe.
/// </summary>
internal sealed class LogResends : IDisposable
{
    private const int Most = 10_000;
    private const long MostBytes = 32 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomLogKey, Message> _newest = [];
    private readonly HashSet<(RoomLogKey Log, LogPosition Position)> _underWay = [];
    private readonly RoomLogs _logs;
    private readonly ITimer _timer;
    private long _bytes;

    public LogResends(RoomLogs logs)
    {
        _logs = logs;
        _timer = logs.Server.Time.CreateTimer(_ => SendAll(), null, Interval, Interval);
    }

    public void Add(RoomLogKey log, LogPosition position, string eventName, ArgumentData arguments)
    {
        lock (_gate)
        {
            // What fails again is older than all that has come meanwhile, whatever life of the log that is from.
            var isNewer = !_newest.TryGetValue(log, out var known)
                || (!_underWay.Contains((log, position)) && (known.Position.Epoch != position.Epoch || known.Position.Offset < position.Offset));
            var bytes = _bytes - (known?.Arguments.Size ?? 0) + arguments.Size;
            if (isNewer && bytes <= MostBytes && (known is not null || _newest.Count < Most))
            {
                _bytes = bytes;
                _newest[log] = new Message(position, eventName, arguments);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void SendAll()
    {
        KeyValuePair<RoomLogKey, Message>[] all;
        lock (_gate)
        {
            all = [.. _newest];
            _newest.Clear();
            _bytes = 0;
            _underWay.UnionWith(all.Select(one => (one.Key, one.Value.Position)));
        }

        foreach (var (log, message) in all)
        {
            _ = SendAsync(log, message);
        }
    }

    /// <summary>If it fails again it comes back by <see cref="Add"/>, before this ends.</summary>
    private async Task SendAsync(RoomLogKey log, Message message)
    {
        await _logs.Emit(log, message.Position, message.EventName, message.Arguments).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _underWay.Remove((log, message.Position));
        }
    }

    private sealed record Message(LogPosition Position, string EventName, ArgumentData Arguments);
}
