using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat;

/// <summary>
/// One bare Engine.IO connection, without namespaces, events or acks. Set the handlers in the connection callback;
/// they are called one at a time, in order, and must not block. Sending is thread-safe.
/// </summary>
public sealed class EngineSocket
{
    private readonly Session _session;

    internal EngineSocket(Session session) => _session = session;

    /// <summary>The connection's id, unguessable.</summary>
    public string Id => _session.Id;

    /// <summary>The request that opened the connection.</summary>
    public Handshake Handshake => _session.Handshake;

    internal Action<EngineMessage>? MessageHandler { get; private set; }

    internal Action<string>? CloseHandler { get; private set; }

    /// <summary>Handles the client's messages.</summary>
    /// <param name="handler">Gets each message; its memory stays valid.</param>
    public void OnMessage(Action<EngineMessage> handler) => MessageHandler = handler;

    /// <summary>Hears of the end of the connection.</summary>
    /// <param name="handler">Gets the reason.</param>
    public void OnClose(Action<string> handler) => CloseHandler = handler;

    /// <summary>Sends a text message.</summary>
    /// <param name="text">The text.</param>
    public void Send(string text) => _session.Outbox.TryAdd(EnginePacketCodec.EncodeMessage(text));

    /// <summary>Sends a binary message. The memory must not change afterwards.</summary>
    /// <param name="data">The bytes.</param>
    public void Send(ReadOnlyMemory<byte> data) => _session.Outbox.TryAdd(EnginePacketCodec.EncodeBinary(data));

    /// <summary>Sends a message as it is. Binary memory must not change afterwards.</summary>
    /// <param name="message">The message.</param>
    public void Send(EngineMessage message) => _session.Outbox.TryAdd(
        message.IsBinary
            ? EnginePacketCodec.EncodeBinary(message.Data)
            : EnginePacketCodec.EncodeMessage(message.Data.Span));

    /// <summary>Closes the connection after what was sent has been written.</summary>
    public void Close() => _session.Tell(new SessionMessages.Finish(CloseReason.ForcedServerClose));
}
