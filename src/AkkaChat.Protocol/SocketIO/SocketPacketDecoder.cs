namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Makes packets of one client's Engine.IO messages: a text, and as many binary messages as it announces.
/// Keeps what it's given (no copies). After an error it's dead, for the connection has to be closed.
/// </summary>
/// <param name="limits">What the client may ask of it.</param>
/// <param name="isLegacy">Whether it takes the auth payload from the query of a namespace.</param>
internal sealed class SocketPacketDecoder(ProtocolLimits limits, bool isLegacy = false) : IPacketDecoder
{
    private static readonly IReadOnlyList<ReadOnlyMemory<byte>> NoAttachments = [];

    private SocketPacket? _pending;
    private List<ReadOnlyMemory<byte>> _attachments = [];
    private int _missing;
    private ProtocolError? _failure;

    public bool AwaitsAttachments => _missing > 0;

    /// <inheritdoc/>
    public string? PendingNamespace => _pending?.Namespace;

    /// <inheritdoc/>
    public long PendingBytes { get; private set; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
        if (isLegacy && header.Type == SocketPacketType.Connect && payload.IsEmpty)
        {
            payload = ConnectQuery.ToJson(text.Span.TrimEnd((byte)','));
        }

        return SocketPacketRules.TryMake(
            header, payload, attachmentCount > 0 ? _attachments : NoAttachments, limits, out packet, out error);
    }
}
