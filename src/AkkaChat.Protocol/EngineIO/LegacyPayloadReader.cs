using System.Buffers;
using System.Text;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>
/// Reads the packets of one polling POST body of an Engine.IO 3 client, in either form that
/// <see cref="LegacyPayloadWriter"/> writes. A mutable struct: keep it in a local variable.
/// </summary>
internal struct LegacyPayloadReader(ReadOnlyMemory<byte> body, bool isBinary) : IPayloadReader
{
    private const int MaxDigits = 9;

    private ReadOnlyMemory<byte> _rest = body;
    private bool _hasBegun;
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

        if (_hasBegun && _rest.IsEmpty)
        {
            return PayloadRead.End;
        }

        _hasBegun = true;
        if (isBinary ? TryReadBinary(out packet, out error) : TryReadText(out packet, out error))
        {
            return PayloadRead.Packet;
        }

        _failure = error;
        return PayloadRead.Error;
    }

    private bool TryReadText(out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        return TryTakeLength(zero: (byte)'0', end: (byte)':', out var units, out error)
            && TryTakeUnits(units, out var text, out error)
            && LegacyPacketCodec.TryDecodeText(text, out packet, out error);
    }

    private bool TryReadBinary(out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        if (_rest.Span is not [0 or 1, ..])
        {
            return ProtocolError.Fail("a packet in a binary payload begins with neither 0 nor 1", out error);
        }

        var isText = _rest.Span[0] == 0;
        _rest = _rest[1..];
        if (!TryTakeLength(zero: 0, LegacyPayloadWriter.LengthEnd, out var length, out error)
            || !TryTakeBytes(length, out var data, out error))
        {
            return false;
        }

        return isText
            ? LegacyPacketCodec.TryDecodeText(data, out packet, out error)
            : LegacyPacketCodec.TryDecodeBinary(data, out packet, out error);
    }

    private bool TryTakeLength(byte zero, byte end, out int length, out ProtocolError error)
    {
        error = default;
        length = 0;
        var bytes = _rest.Span;
        var digits = 0;
        while (digits < bytes.Length && digits <= MaxDigits && bytes[digits] - zero is >= 0 and <= 9)
        {
            length = (10 * length) + bytes[digits] - zero;
            digits++;
        }

        if (digits is 0 or > MaxDigits || digits == bytes.Length || bytes[digits] != end)
        {
            return ProtocolError.Fail("a packet in a payload has no valid length", out error);
        }

        _rest = _rest[(digits + 1)..];
        return true;
    }

    private bool TryTakeBytes(int length, out ReadOnlyMemory<byte> part, out ProtocolError error)
    {
        part = default;
        error = default;
        if (length > _rest.Length)
        {
            return ProtocolError.Fail("a packet in a payload is longer than the payload", out error);
        }

        part = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Takes text by its length in UTF-16 code units, which is what JavaScript counts.</summary>
    private bool TryTakeUnits(int units, out ReadOnlyMemory<byte> part, out ProtocolError error)
    {
        part = default;
        var bytes = _rest.Span;
        if (units <= bytes.Length && Ascii.IsValid(bytes[..units]))
        {
            return TryTakeBytes(units, out part, out error);
        }

        var length = 0;
        while (units > 0 && length < bytes.Length)
        {
            var status = Rune.DecodeFromUtf8(bytes[length..], out var rune, out var consumed);
            if (status != OperationStatus.Done)
            {
                return ProtocolError.Fail("the text of an Engine.IO packet is not valid UTF-8", out error);
            }

            units -= rune.Utf16SequenceLength;
            length += consumed;
        }

        return units == 0
            ? TryTakeBytes(length, out part, out error)
            : ProtocolError.Fail("a packet in a payload does not end where its length says", out error);
    }
}
