using System.Diagnostics.Metrics;
using AkkaChat.Sessions;

namespace AkkaChat;

/// <summary>What the server measures, on the meter <c>AkkaChat</c>.</summary>
internal sealed class ServerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _closed;

    /// <param name="factory">The host's, whose tests and exporters see their own server only; null: a meter of its own.</param>
    /// <param name="sessionCount">How many sessions are open now.</param>
    public ServerMetrics(IMeterFactory? factory, Func<long> sessionCount)
    {
        _meter = factory?.Create(new MeterOptions("AkkaChat")) ?? new Meter("AkkaChat");
        _closed = _meter.CreateCounter<long>("akkachat.sessions.closed", "{session}", "Sessions that have ended, by their reason.");
        _meter.CreateObservableUpDownCounter("akkachat.sessions.open", sessionCount, "{session}", "Sessions that are open now.");
    }

    public void SessionClosed(CloseReason? reason) =>
        _closed.Add(1, new KeyValuePair<string, object?>("akkachat.close_reason", reason?.Text));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
