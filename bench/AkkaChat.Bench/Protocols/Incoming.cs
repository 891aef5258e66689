namespace AkkaChat.Bench.Protocols;

/// <summary>What a message from a server means to the load generator.</summary>
internal enum Incoming
{
    /// <summary>Nothing.</summary>
    Ignored,

    /// <summary>The server is open and expects the client's hello.</summary>
    Greeting,

    /// <summary>The client is let in: it may send.</summary>
    Ready,

    /// <summary>To be answered with <see cref="IProtocol.Pong"/>.</summary>
    Ping,

    /// <summary>The answer to a message of this client; an echo has a stamp.</summary>
    Ack,

    /// <summary>What somebody said in a room; it has a stamp.</summary>
    Delivery,

    /// <summary>For whoever listens to read.</summary>
    ForListener,

    /// <summary>The client is not let in, or did something wrong.</summary>
    Refused,
}
