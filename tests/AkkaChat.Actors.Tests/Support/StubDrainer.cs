using AkkaChat.Delivery;
using AkkaChat.Protocol;

namespace AkkaChat.Tests.Support;

/// <summary>A drainer that takes only when the test says so.</summary>
internal sealed class StubDrainer : IOutboxDrainer
{
    private int _wakes;

    public bool IsReady { get; set; } = true;

    public int Wakes => Volatile.Read(ref _wakes);

    public void Wake() => Interlocked.Increment(ref _wakes);

    /// <summary>Takes all that waits, as texts.</summary>
    public string[] TakeFrom(Outbox outbox) => TakeFrom(outbox, out _);

    public string[] TakeFrom(Outbox outbox, out int bytes)
    {
        List<WirePacket> batch = [];
        bytes = outbox.Take(this, ref batch);
        return Wire.Read(batch);
    }
}
