using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Polling;

/// <summary>Each polling client asks for one echo after the other; a delivery here is a round trip.</summary>
internal sealed class PollingEchoLoad : ILoad, IPollingEvents
{
    private readonly List<PollingClient> _ready = [];
    private bool _isStopped;

    public Measurement Measurement { get; } = new();

    public int ReadyClients => _ready.Count;

    public long NextDue => long.MaxValue;

    public void Start() => _ready.ForEach(Ask);

    public void Tick(long now)
    {
    }

    public void Stop() => _isStopped = true;

    public void Ready(PollingClient client) => _ready.Add(client);

    public void Echoed(PollingClient client, in Stamp stamp, long now)
    {
        if (Measurement.Take(client.Received, stamp, client.Index, now) && !_isStopped)
        {
            Ask(client);
        }
    }

    private void Ask(PollingClient client)
    {
        Measurement.Expected++;
        client.Echo();
    }
}
