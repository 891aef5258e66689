using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Serialization;
using BenchmarkDotNet.Attributes;

namespace AkkaChat.MicroBenchmarks;

/// <summary>A member's outbox: filled by rooms, emptied by the one writer; once per delivery.</summary>
public class OutboxBenchmarks
{
    private const int BatchLength = 16;

    private readonly Outbox _outbox = new(4 << 20, () => { });
    private readonly NoDrainer _drainer = new();
    private readonly WirePacket _packet =
        ArgumentSerializer.Default.Event(Samples.Namespace, null, "chat", [Samples.Payload]);

    private List<WirePacket> _batch = [];

    [GlobalSetup]
    public void Attach() => _outbox.Attach(_drainer);

    /// <summary>One packet at a time, as with one message outstanding.</summary>
    [Benchmark]
    public void AddAndDrainOne()
    {
        _outbox.TryAdd(_packet);
        Drain();
    }

    /// <summary>A batch, as when the writer was busy; the figure is per packet.</summary>
    [Benchmark(OperationsPerInvoke = BatchLength)]
    public void AddManyAndDrain()
    {
        for (var count = 0; count < BatchLength; count++)
        {
            _outbox.TryAdd(_packet);
        }

        Drain();
    }

    private void Drain()
    {
        _outbox.Written(_outbox.Take(_drainer, ref _batch));
        _batch.Clear();
    }

    private sealed class NoDrainer : IOutboxDrainer
    {
        public bool IsReady => true;

        public void Wake()
        {
        }
    }
}
