using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Makes packets of one client's Engine.IO messages: a text, and as many binary messages as it announces.
/// Keeps what it's given (no copies). After an error it's dead, for the connection has to be closed.
/// </summary>
internal sealed class SocketPacketDecoder(ProtocolLimits limits)
{
    private static readonly IReadOnlyList<ReadOnlyMemory<byte>> NoAttachments = [];

    private SocketPacket? _pending;
    private List<ReadOnlyMemory<byte>> _attachments = [];
    private int _missing;
    private ProtocolError? _failure;

    public bool AwaitsAttachments => _missing > 0;

    /// <summary>The namespace of the packet whose attachments are still to come; null if there is none.</summary>
    public string? PendingNamespace => _pending?.Namespace;

    /// <summary>Bytes held for a packet whose attachments are still to come.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>
    /// Takes what follows the Engine.IO type digit, in valid UTF-8 as EnginePacketCodec gives it.
    /// </summary>
    public DecodeResult AddText(ReadOnlyMemory<byte> text, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        if (IsDead(out error))
        {
            return DecodeResult.Error;
        }

        if (AwaitsAttachments)
        {
            return Die(new ProtocolError($"a text message came while {_missing} attachments are awaited"), out error);
        }

        if (!TryDecode(text, out packet, out var attachmentCount, out error))
        {
            return Die(error, out error);
        }

        return attachmentCount == 0 ? DecodeResult.Packet : Await(attachmentCount, text.Length, ref packet);
    }

    public DecodeResult AddBinary(ReadOnlyMemory<byte> data, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        if (IsDead(out error))
        {
            return DecodeResult.Error;
        }

        if (!AwaitsAttachments)
        {
            return Die(new ProtocolError("a binary message came while no attachment is awaited"), out error);
        }

        _attachments.Add(data);
        _missing--;
        PendingBytes += data.Length;
        if (AwaitsAttachments)
        {
            return DecodeResult.NeedMore;
        }

        packet = _pending;
        Forget();
        return DecodeResult.Packet;
    }

    private bool IsDead(out ProtocolError error)
    {
        error = _failure.GetValueOrDefault();
        return _failure is not null;
    }

    private DecodeResult Die(ProtocolError reason, out ProtocolError error)
    {
        _failure = error = reason;
        Forget();
        return DecodeResult.Error;
    }

    private DecodeResult Await(int attachmentCount, int textLength, ref SocketPacket? packet)
    {
        _pending = packet;
        _missing = attachmentCount;
        PendingBytes = textLength;
        packet = null;
        return DecodeResult.NeedMore;
    }

    private void Forget()
    {
        _pending = null;
        _attachments = [];
        _missing = 0;
        PendingBytes = 0;
    }

    private bool TryDecode(
        ReadOnlyMemory<byte> text, out SocketPacket? packet, out int attachmentCount, out ProtocolError error)
    {
        packet = null;
        attachmentCount = 0;
        if (!SocketPacketHeader.TryParse(text.Span, limits, out var header, out error))
        {
            return false;
        }

        attachmentCount = header.AttachmentCount ?? 0;
        var payload = text[header.Length..];
        return header.Type switch
        {
            SocketPacketType.Disconnect => TryDecodeDisconnect(header, payload, out packet, out error),
            SocketPacketType.Connect or SocketPacketType.ConnectError =>
                TryDecodeConnect(header, payload, out packet, out error),
            _ => TryDecodeArguments(header, payload, out packet, out error),
        };
    }

    private static bool TryDecodeDisconnect(
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

    private bool TryDecodeConnect(
        SocketPacketHeader header, ReadOnlyMemory<byte> payload, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        error = default;
        if (!payload.IsEmpty)
        {
            if (!JsonScanner.TryScan(payload, RulesFor(header), out var json, out error))
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

    private bool TryDecodeArguments(
        SocketPacketHeader header, ReadOnlyMemory<byte> payload, out SocketPacket? packet, out ProtocolError error)
    {
        packet = null;
        var rules = RulesFor(header);
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
            Attachments = header.AttachmentCount > 0 ? _attachments : NoAttachments,
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

    private JsonRules RulesFor(SocketPacketHeader header) => new(
        limits.MaxDepth,
        limits.MaxNameLength,
        header.AttachmentCount,
        IsEvent: header.Type is SocketPacketType.Event or SocketPacketType.BinaryEvent);
}
