using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Measuring;

/// <summary>
/// What arrives during a load: latencies and numbers within the measured window, and over the whole run whether everything
/// arrived, once, in order, and where it belongs.
/// </summary>
internal sealed class Measurement
{
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Whether the measured window is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Deliveries within the window.</summary>
    public long InWindow { get; private set; }

    /// <summary>How many deliveries the whole run must bring.</summary>
    public long Expected { get; set; }

    /// <summary>How many it brought, each counted once.</summary>
    public long Received { get; private set; }

    public long Duplicated { get; private set; }

    public long Reordered { get; private set; }

    public long Misrouted { get; private set; }

    public void OpenWindow()
    {
        Latency.Clear();
        InWindow = 0;
        IsOpen = true;
    }

    public void CloseWindow() => IsOpen = false;

    /// <summary>Takes what a client got, whose earlier numbers are given; true if it is the first time, and from the publisher it should come from.</summary>
    public bool Take(SequenceChecker received, in Stamp stamp, int expectedPublisher, long now)
    {
        if (stamp.Publisher != (uint)expectedPublisher)
        {
            Misrouted++;
            return false;
        }

        var arrival = received.Take(stamp.Sequence);
        if (arrival == Arrival.Duplicate)
        {
            Duplicated++;
            return false;
        }

        Reordered += arrival == Arrival.Late ? 1 : 0;
        Received++;
        if (IsOpen)
        {
            InWindow++;
            Latency.Record(now - stamp.Time);
        }

        return true;
    }
}
