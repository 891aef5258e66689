namespace AkkaChat.Protocol.EngineIO;

/// <summary>
/// Reads the packets of one polling POST body, one by one. A mutable struct: keep it in a local variable.
/// </summary>
/// <remarks>
/// <code>
/// payload  packet (0x1e packet)*            4hello 0x1e 2 0x1e bAQIDBA==
/// packet   a text packet | b base64         standard alphabet, padded, no white space
/// </code>
/// The number of packets is limited by the size of the body alone: a count limit loses messages of busy clients.
/// </remarks>
internal struct PollingPayloadReader(ReadOnlyMemory<byte> body) : IPayloadReader
{
    private ReadOnlyMemory<byte> _rest = body;
    private bool _ended;
    private ProtocolError? _failure;

    /// <inheritdoc/>
    public PayloadRead Read(out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        error = _failure.GetValueOrDefault();
        if (_failure is not null)
        {
            return PayloadRead.Error;
        }

        if (_ended)
        {
            return PayloadRead.End;
        }

        if (TryDecode(TakePart(), out packet, out error))
        {
            return PayloadRead.Packet;
        }

        _failure = error;
        return PayloadRead.Error;
    }

    private ReadOnlyMemory<byte> TakePart()
    {
        var rest = _rest;
        var length = rest.Span.IndexOf(PollingPayload.Separator);
        if (length < 0)
        {
            _ended = true;
            _rest = default;
            return rest;
        }

        _rest = rest[(length + 1)..];
        return rest[..length];
    }

    private static bool TryDecode(ReadOnlyMemory<byte> part, out EnginePacket packet, out ProtocolError error) =>
        part.Span is [PollingPayload.BinaryPrefix, .. var base64]
            ? Base64Packet.TryDecode(base64, out packet, out error)
            : EnginePacketCodec.TryDecodeText(part, out packet, out error);
}
