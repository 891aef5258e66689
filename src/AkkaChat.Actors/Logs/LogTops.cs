using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>
/// How far the members of each room have been sent its log. Where it is not known, a log counts as sent up to its top. Bounded;
/// not thread-safe.
/// </summary>
internal sealed class LogTops(LogReader reader)
{
    private const int MostKept = 50_000;

    private readonly Dictionary<RoomLogKey, LogPosition> _byLog = [];

    /// <summary>The log's last message that was sent.</summary>
    public async Task<LogPosition> GetAsync(RoomLogKey log)
    {
        if (!_byLog.TryGetValue(log, out var top))
        {
            top = _byLog[log] = (await reader.ReadAsync(log, LogRange.TopOnly, CancellationToken.None)).Top;
        }

        return top;
    }

    public void Set(RoomLogKey log, LogPosition top) => _byLog[log] = top;

    /// <summary>Makes room, at a moment when nothing stored waits to be sent.</summary>
    public void Trim()
    {
        if (_byLog.Count > MostKept)
        {
            _byLog.Clear();
        }
    }
}
