using AkkaChat.Protocol.MessagePack;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// How Socket.IO packets become Engine.IO messages; server and clients must use the same. Thread-safe. Names and JSON
/// are the caller's: they are valid, and the JSON has a placeholder for each attachment.
/// </summary>
internal abstract class PacketFormat
{
    /// <summary>Text with a header, and binary attachments behind it: what clients use by default.</summary>
    public static PacketFormat Json { get; } = new JsonFormat();

    /// <summary>One binary message per packet, as npm's <c>socket.io-msgpack-parser</c> 3 has it.</summary>
    public static PacketFormat MessagePack { get; } = new MessagePackFormat();

    /// <summary>The answer to CONNECT; without <paramref name="sid"/> for clients of Socket.IO 2, which expect none.</summary>
    public abstract WirePacket Connect(string nsp, string? sid);

    public abstract WirePacket ConnectError(string nsp, ReadOnlySpan<byte> json);

    public abstract WirePacket Disconnect(string nsp);

    public abstract WirePacket Event(
        string nsp, long? ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments);

    public abstract WirePacket Ack(
        string nsp, long ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments);

    /// <param name="limits">What one client may ask of it.</param>
    /// <param name="isLegacy">
    /// Whether the client speaks the protocol's revision 4, that of socket.io-client 2: see <see cref="ConnectQuery"/>.
    /// </param>
    public abstract IPacketDecoder CreateDecoder(ProtocolLimits limits, bool isLegacy);

    private sealed class JsonFormat : PacketFormat
    {
        public override WirePacket Connect(string nsp, string? sid) => SocketPacketEncoder.Connect(nsp, sid);

        public override WirePacket ConnectError(string nsp, ReadOnlySpan<byte> json) =>
            SocketPacketEncoder.ConnectError(nsp, json);

        public override WirePacket Disconnect(string nsp) => SocketPacketEncoder.Disconnect(nsp);

        public override WirePacket Event(
            string nsp, long? ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments) =>
            SocketPacketEncoder.Event(nsp, ackId, jsonArray, attachments);

        public override WirePacket Ack(
            string nsp, long ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments) =>
            SocketPacketEncoder.Ack(nsp, ackId, jsonArray, attachments);

        public override IPacketDecoder CreateDecoder(ProtocolLimits limits, bool isLegacy) =>
            new SocketPacketDecoder(limits, isLegacy);
    }

    private sealed class MessagePackFormat : PacketFormat
    {
        public override WirePacket Connect(string nsp, string? sid) => MessagePackEncoder.Connect(nsp, sid);

        public override WirePacket ConnectError(string nsp, ReadOnlySpan<byte> json) =>
            MessagePackEncoder.Encode(SocketPacketType.ConnectError, nsp, json, [], ackId: null);

        public override WirePacket Disconnect(string nsp) =>
            MessagePackEncoder.Encode(SocketPacketType.Disconnect, nsp, [], [], ackId: null);

        public override WirePacket Event(
            string nsp, long? ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments) =>
            MessagePackEncoder.Encode(SocketPacketType.Event, nsp, jsonArray, attachments, ackId);

        public override WirePacket Ack(
            string nsp, long ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments) =>
            MessagePackEncoder.Encode(SocketPacketType.Ack, nsp, jsonArray, attachments, ackId);

        public override IPacketDecoder CreateDecoder(ProtocolLimits limits, bool isLegacy) =>
            new MessagePackDecoder(limits);
    }
}
