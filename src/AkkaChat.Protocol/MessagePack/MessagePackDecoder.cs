using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Protocol.MessagePack;

/// <summary>
/// Makes packets of what clients with <c>socket.io-msgpack-parser</c> send: each binary message is a whole packet. The
/// arguments become JSON, so that everything behind this works as with the default format.
/// </summary>
/// <remarks>
/// <code>{"type":2,"nsp":"/","data":["a",1],"id":17,"options":{..}}     in any order; other members are passed over</code>
/// </remarks>
internal sealed class MessagePackDecoder(ProtocolLimits limits) : IPacketDecoder
{
    private static readonly IReadOnlyList<ReadOnlyMemory<byte>> NoAttachments = [];

    private ProtocolError? _failure;

    /// <inheritdoc/>
    public string? PendingNamespace => null;

    /// <inheritdoc/>
    public long PendingBytes => 0;

    /// <inheritdoc/>
    public DecodeResult AddText(ReadOnlyMemory<byte> text, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        _failure ??= new ProtocolError("a text message came, but this server speaks MessagePack (parser)");
        error = _failure.Value;
        return DecodeResult.Error;
    }

    /// <inheritdoc/>
    public DecodeResult AddBinary(ReadOnlyMemory<byte> data, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        error = _failure.GetValueOrDefault();
        if (_failure is null && TryDecode(data, out packet, out error))
        {
            return DecodeResult.Packet;
        }

        _failure = error;
        return DecodeResult.Error;
    }

    private bool TryDecode(ReadOnlyMemory<byte> message, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        if (!PacketMembers.TryRead(message.Span, out var members, out error)
            || !TryReadType(members, out var type, out error)
            || !TryReadNamespace(message.Span, members, out var name, out error)
            || !TryReadAckId(members, type, out var ackId, out error)
            || !TryReadData(message, members, out var payload, out var attachments, out error))
        {
            return false;
        }

        if (attachments is not null && type is not (SocketPacketType.Event or SocketPacketType.Ack))
        {
            return ProtocolError.Fail($"a packet of type {type} has binary data", out error);
        }

        var header = new SocketPacketHeader(type, attachments?.Count, name, ackId, Length: 0);
        return SocketPacketRules.TryMake(header, payload, attachments ?? NoAttachments, limits, out packet, out error);
    }

    private static bool TryReadType(in PacketMembers members, out SocketPacketType type, out ProtocolError error)
    {
        error = default;
        type = (SocketPacketType)members.Type.Bits;
        return (members.Type.Kind == MessagePackKind.Integer
                && members.Type.Bits is >= (long)SocketPacketType.Connect and <= (long)SocketPacketType.ConnectError)
            || ProtocolError.Fail("the type of a packet is not within 0..4", out error);
    }

    private bool TryReadNamespace(
        ReadOnlySpan<byte> message, in PacketMembers members, out string name, out ProtocolError error)
    {
        name = "/";
        return members.Namespace.Kind == MessagePackKind.String
            && members.Namespace.BytesIn(message) is [(byte)'/', ..] and var text
                ? SocketPacketHeader.TryReadNamespace(text, limits, out name, out error)
                : ProtocolError.Fail("the namespace of a packet is no text that begins with a slash", out error);
    }

    private static bool TryReadAckId(
        in PacketMembers members, SocketPacketType type, out long? ackId, out ProtocolError error)
    {
        ackId = null;
        error = default;
        if (members.AckId.Kind is MessagePackKind.Nil or MessagePackKind.Undefined)
        {
            return type != SocketPacketType.Ack || ProtocolError.Fail("an ack has no id", out error);
        }

        if (members.AckId.Kind != MessagePackKind.Integer
            || members.AckId.Bits is < 0 or > SocketPacketHeader.MaxAckId)
        {
            return ProtocolError.Fail($"an ack id is not within 0..{SocketPacketHeader.MaxAckId}", out error);
        }

        ackId = type is SocketPacketType.Event or SocketPacketType.Ack ? members.AckId.Bits : null;
        return true;
    }

    /// <summary>The payload as JSON, and its binary parts; nothing if it's null or undefined.</summary>
    private bool TryReadData(
        ReadOnlyMemory<byte> message,
        in PacketMembers members,
        out ReadOnlyMemory<byte> payload,
        out List<ReadOnlyMemory<byte>>? attachments,
        out ProtocolError error)
    {
        payload = default;
        attachments = null;
        error = default;
        if (members.DataStart is not { } start)
        {
            return true;
        }

        var transcoder = new MessagePackToJson(message, start, limits);
        try
        {
            if (!transcoder.TryRun(out error))
            {
                return false;
            }

            payload = transcoder.Json();
            attachments = transcoder.Attachments;
            return true;
        }
        finally
        {
            transcoder.Dispose();
        }
    }
}
