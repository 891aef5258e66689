using System.Text.Unicode;

namespace AkkaChat.Protocol.MessagePack;

/// <summary>
/// Reads hostile MessagePack value by value. It never throws, reads each byte once, and believes no count: what a
/// head announces has no effect before it's there.
/// </summary>
/// <remarks>
/// Of the extension types those that the JavaScript codec notepack.io 2 writes, all of type 0:
/// <code>
/// d4 00 00              undefined
/// d7 00 int64           a date, milliseconds since 1970
/// c7/c8/c9 length 00    an ArrayBuffer
/// </code>
/// </remarks>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes, int start = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next value begins.</summary>
    public int Position { get; private set; } = start;

    public readonly bool IsAtEnd => Position == _bytes.Length;

    public readonly ReadOnlySpan<byte> Bytes(in MessagePackToken token) => token.BytesIn(_bytes);

    /// <summary>Reads a scalar, or the head of an array or map.</summary>
    public bool TryRead(out MessagePackToken token, out ProtocolError error)
    {
        token = default;
        error = default;
        if (IsAtEnd)
        {
            return Truncated(out error);
        }

        var head = _bytes[Position++];
        switch (head)
        {
            case <= 0x7f:
                token = Scalar(MessagePackKind.Integer, head);
                return true;
            case <= 0x8f:
                token = Scalar(MessagePackKind.Map, head & 0x0f);
                return true;
            case <= 0x9f:
                token = Scalar(MessagePackKind.Array, head & 0x0f);
                return true;
            case <= 0xbf:
                return TryTakeBytes(MessagePackKind.String, head & 0x1f, out token, out error);
            case >= 0xe0:
                token = Scalar(MessagePackKind.Integer, (sbyte)head);
                return true;
            default:
                return TryReadLong(head, out token, out error);
        }
    }

    /// <summary>Passes over one whole value, however deep it is.</summary>
    public bool TrySkip(out ProtocolError error)
    {
        error = default;
        for (long missing = 1; missing > 0; missing--)
        {
            if (!TryRead(out var token, out error))
            {
                return false;
            }

            missing += token.Kind switch
            {
                MessagePackKind.Array => token.Bits,
                MessagePackKind.Map => 2 * token.Bits,
                _ => 0,
            };
        }

        return true;
    }

    private bool TryReadLong(byte head, out MessagePackToken token, out ProtocolError error)
    {
        token = default;
        error = default;
        switch (head)
        {
            case 0xc0:
                token = Scalar(MessagePackKind.Nil, 0);
                return true;
            case 0xc2 or 0xc3:
                token = Scalar(MessagePackKind.Boolean, head & 1);
                return true;
            case 0xc4 or 0xc5 or 0xc6:
                return TryTakeNumber(1 << (head - 0xc4), out var size, out error)
                    && TryTakeBytes(MessagePackKind.Binary, size, out token, out error);
            case 0xd9 or 0xda or 0xdb:
                return TryTakeNumber(1 << (head - 0xd9), out var length, out error)
                    && TryTakeBytes(MessagePackKind.String, length, out token, out error);
            case 0xdc or 0xdd or 0xde or 0xdf:
                return TryTakeCount(head, out token, out error);
            case 0xc7 or 0xc8 or 0xc9 or 0xd4 or 0xd7:
                return TryTakeExtension(head, out token, out error);
            case >= 0xca and <= 0xd3:
                return TryTakeNumeric(head, out token, out error);
            default:
                return Refused(head, out error);
        }
    }

    private bool TryTakeNumeric(byte head, out MessagePackToken token, out ProtocolError error)
    {
        token = default;
        var width = head switch
        {
            0xca => 4,
            0xcb => 8,
            _ => 1 << ((head - 0xcc) & 3),
        };
        if (!TryTakeNumber(width, out var bits, out error))
        {
            return false;
        }

        token = head switch
        {
            0xca => Scalar(
                MessagePackKind.Float, BitConverter.DoubleToInt64Bits(BitConverter.Int32BitsToSingle((int)bits))),
            0xcb => Scalar(MessagePackKind.Float, bits),
            0xcf when bits < 0 => Scalar(MessagePackKind.Unsigned, bits),
            >= 0xd0 => Scalar(MessagePackKind.Integer, SignExtended(bits, width)),
            _ => Scalar(MessagePackKind.Integer, bits),
        };
        return true;
    }

    private bool TryTakeCount(byte head, out MessagePackToken token, out ProtocolError error)
    {
        var width = (head & 1) == 0 ? 2 : 4;
        var taken = TryTakeNumber(width, out var count, out error);
        token = Scalar(head >= 0xde ? MessagePackKind.Map : MessagePackKind.Array, count);
        return taken;
    }

    private bool TryTakeExtension(byte head, out MessagePackToken token, out ProtocolError error)
    {
        token = default;
        var isFixed = head is 0xd4 or 0xd7;
        long size = 0;
        error = default;
        if ((!isFixed && !TryTakeNumber(1 << (head - 0xc7), out size, out error))
            || !TryTakeNumber(1, out var type, out error))
        {
            return false;
        }

        if (type != 0)
        {
            return ProtocolError.Fail($"the MessagePack extension type {(sbyte)type} is not accepted", out error);
        }

        if (!isFixed)
        {
            return TryTakeBytes(MessagePackKind.Binary, size, out token, out error);
        }

        var taken = TryTakeNumber(head == 0xd7 ? 8 : 1, out var bits, out error);
        token = Scalar(head == 0xd7 ? MessagePackKind.Date : MessagePackKind.Undefined, bits);
        return taken;
    }

    /// <summary>Takes a big-endian number; one of eight bytes comes as its bits.</summary>
    private bool TryTakeNumber(int width, out long number, out ProtocolError error)
    {
        number = 0;
        error = default;
        if (_bytes.Length - Position < width)
        {
            return Truncated(out error);
        }

        foreach (var value in _bytes.Slice(Position, width))
        {
            number = (number << 8) | value;
        }

        Position += width;
        return true;
    }

    private bool TryTakeBytes(MessagePackKind kind, long length, out MessagePackToken token, out ProtocolError error)
    {
        token = default;
        error = default;
        if (length > _bytes.Length - Position)
        {
            return Truncated(out error);
        }

        token = new MessagePackToken(kind, 0, Position, (int)length);
        Position += (int)length;
        return kind != MessagePackKind.String
            || Utf8.IsValid(Bytes(token))
            || ProtocolError.Fail($"a MessagePack string is not valid UTF-8 near byte {token.Start}", out error);
    }

    private static MessagePackToken Scalar(MessagePackKind kind, long bits) => new(kind, bits, 0, 0);

    private static long SignExtended(long bits, int width)
    {
        var unused = 64 - (8 * width);
        return bits << unused >> unused;
    }

    private static bool Truncated(out ProtocolError error) =>
        ProtocolError.Fail("the MessagePack data ends within a value", out error);

    private static bool Refused(byte head, out ProtocolError error) =>
        ProtocolError.Fail($"the MessagePack type {ProtocolError.Show(head)} is not accepted", out error);
}
