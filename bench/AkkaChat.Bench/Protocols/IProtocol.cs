using AkkaChat.Bench.Messages;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Protocols;

/// <summary>
/// How the little application of the benchmark (join a room, chat to a room, echo) is spoken to. All that is sent is a frame,
/// masked and ready; it may hold more than one WebSocket message.
/// </summary>
internal interface IProtocol
{
    /// <summary>Path and query of the request that opens a WebSocket.</summary>
    string Path { get; }

    /// <summary>Who speaks first.</summary>
    Greeting Greeting { get; }

    /// <summary>The client's hello; empty where there is none.</summary>
    byte[] Hello { get; }

    /// <summary>The hello of the client with that index, where each has its own.</summary>
    byte[] HelloOf(int client) => Hello;

    /// <summary>The answer to a ping, which a client may also send unasked.</summary>
    byte[] Pong { get; }

    /// <summary>Whether a payload can be bytes; if not, scenarios with bytes leave this server out.</summary>
    bool CarriesBytes { get; }

    /// <summary>Puts the sender into a room; it is acked.</summary>
    byte[] Join(string room);

    /// <summary>Says something to everybody in a room, the sender too; no ack.</summary>
    StampedMessage Chat(string room, int payloadLength, bool asBytes);

    /// <summary>Asks for the payload back, in an ack.</summary>
    StampedMessage Echo(int ackId, int payloadLength);

    /// <summary>Reads the first message of a WebSocket message (which may hold several) and says how long it is.</summary>
    int Read(Opcode opcode, ReadOnlySpan<byte> data, out Incoming incoming);
}
