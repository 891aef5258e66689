using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Polling;

/// <summary>What happens to polling clients, called on the loop's thread.</summary>
internal interface IPollingEvents
{
    /// <summary>The client may send.</summary>
    void Ready(PollingClient client);

    /// <summary>The client got back what it sent.</summary>
    void Echoed(PollingClient client, in Stamp stamp, long now);
}
