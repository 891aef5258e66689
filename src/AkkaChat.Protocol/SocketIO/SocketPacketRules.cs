using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>Makes a packet of a header and its JSON, if the one may have the other: the rules of all formats.</summary>
internal static class SocketPacketRules
{
    /// <param name="header">What kind of packet it is to be.</param>
    /// <param name="payload">Valid UTF-8, or empty; the packet keeps slices of it.</param>
    /// <param name="attachments">The packet's own; they may still come in.</param>
    /// <param name="limits">What the client may ask.</param>
    /// <param name="packet">The packet, if the rules are kept.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryMake(
        SocketPacketHeader header,
        ReadOnlyMemory<byte> payload,
        IReadOnlyList<ReadOnlyMemory<byte>> attachments,
        ProtocolLimits limits,
        out SocketPacket? packet,
        out ProtocolError error) => header.Type switch
        {
            SocketPacketType.Disconnect => TryMakeDisconnect(header, payload, out packet, out error),
            SocketPacketType.Connect or SocketPacketType.ConnectError =>
                TryMakeConnect(header, payload, limits, out packet, out error),
            _ => TryMakeEventOrAck(header, payload, attachments, limits, out packet, out error),
        };

    private static bool TryMakeDisconnect(
        SocketPacketHeader header, ReadOnlyMemory<byte> payload, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        error = default;
        if (!payload.IsEmpty)
        {
            return ProtocolError.Fail("a DISCONNECT packet has a payload", out error);
        }

        packet = new SocketPacket { Type = header.Type, Namespace = header.Namespace };
        return true;
    }

    private static bool TryMakeConnect(
        SocketPacketHeader header,
        ReadOnlyMemory<byte> payload,
        ProtocolLimits limits,
        out SocketPacket? packet,
        out ProtocolError error)
    {
        packet = null;
        error = default;
        if (!payload.IsEmpty)
        {
            if (!JsonScanner.TryScan(payload, RulesFor(header, limits), out var json, out error))
            {
                return false;
            }

            if (json.Kind != JsonTokenType.StartObject
                && !(json.Kind == JsonTokenType.String && header.Type == SocketPacketType.ConnectError))
            {
                return ProtocolError.Fail("the payload of a CONNECT packet is not an object", out error);
            }
        }

        packet = new SocketPacket { Type = header.Type, Namespace = header.Namespace, Payload = payload };
        return true;
    }

    private static bool TryMakeEventOrAck(
        SocketPacketHeader header,
        ReadOnlyMemory<byte> payload,
        IReadOnlyList<ReadOnlyMemory<byte>> attachments,
        ProtocolLimits limits,
        out SocketPacket? packet,
        out ProtocolError error)
    {
        packet = null;
        var rules = RulesFor(header, limits);
        if (!JsonScanner.TryScan(payload, rules, out var json, out error))
        {
            return false;
        }

        if (json.Kind != JsonTokenType.StartArray)
        {
            return ProtocolError.Fail("the payload of an event or ack is not an array", out error);
        }

        if (rules.IsEvent && !TryCheckEventName(json.EventName, out error))
        {
            return false;
        }

        packet = new SocketPacket
        {
            Type = rules.IsEvent ? SocketPacketType.Event : SocketPacketType.Ack,
            Namespace = header.Namespace,
            AckId = header.AckId,
            EventName = json.EventName,
            Arguments = json.Elements,
            Attachments = attachments,
        };
        return true;
    }

    private static bool TryCheckEventName(string? name, out ProtocolError error)
    {
        error = default;
        if (name is null)
        {
            return ProtocolError.Fail("the array of an event is empty: it has no name", out error);
        }

        return !ReservedEvents.Contains(name)
            || ProtocolError.Fail($"the event name \"{name}\" is reserved", out error);
    }

    private static JsonRules RulesFor(SocketPacketHeader header, ProtocolLimits limits) => new(
        limits.MaxDepth,
        limits.MaxNameLength,
        header.AttachmentCount,
        IsEvent: header.Type is SocketPacketType.Event or SocketPacketType.BinaryEvent);
}
