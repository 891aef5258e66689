using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Clients;

/// <summary>What happens to clients, called on the loop's thread. One phase of a measurement listens at a time.</summary>
internal interface IClientEvents
{
    /// <summary>The client may send.</summary>
    void Ready(Client client);

    /// <summary>The client's join was acked.</summary>
    void Joined(Client client);

    /// <summary>The client got what somebody said in its room.</summary>
    void Delivered(Client client, in Stamp stamp, long now);

    /// <summary>The client got back what it sent.</summary>
    void Echoed(Client client, in Stamp stamp, long now);

    /// <summary>The client got something that the protocol leaves to this phase to read.</summary>
    void Received(Client client, ReadOnlySpan<byte> message, long now)
    {
    }

    /// <summary>The connection ended, and not by the client.</summary>
    void Lost(Client client, string reason);
}
