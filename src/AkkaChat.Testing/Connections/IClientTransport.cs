using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Testing.Connections;

/// <summary>What carries a test client's packets. One reader; any number of senders.</summary>
internal interface IClientTransport : IDisposable
{
    /// <summary>Why the server says that it has closed the connection; null if it did not say.</summary>
    string? CloseReason { get; }

    /// <summary>Sends a packet, its messages together. Fails if the connection is closed.</summary>
    Task SendAsync(WirePacket packet);

    /// <summary>The next packet; null at the end, whatever ended it.</summary>
    Task<EnginePacket?> ReceiveAsync();

    /// <summary>Closes in good order.</summary>
    Task CloseAsync();

    /// <summary>Drops the connection, as if the network had failed.</summary>
    void Abort();
}
