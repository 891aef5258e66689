using System.Buffers;
using System.Buffers.Binary;

namespace AkkaChat.Protocol.WebSockets;

/// <summary>
/// Decodes the frames of one client (RFC 6455, section 5.2) to whole messages and control frames. The input may be cut
/// anywhere; what a message takes in memory grows with the bytes that have come, never with those that a header
/// announces, and a header over the limit ends it at once. After an error there is nothing more to read. No I/O; not
/// thread-safe.
/// </summary>
/// <remarks>
/// <code>
/// 1 byte   FIN (0x80), three reserved bits, opcode: 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
/// 1 byte   MASK (0x80), always set by clients; length as in <see cref="WebSocketFrame"/>
/// 4 bytes  mask
/// payload  xor mask
/// </code>
/// </remarks>
internal sealed class WebSocketFrameDecoder(int maxPayload)
{
    /// <summary>Pieces that any message may come in; more are a way to keep the server busy with nothing.</summary>
    private const int FreePieces = 1024;

    private const int FirstBuffer = 4096;

    private FrameHeader _frame;
    private bool _isInFrame;
    private bool _isInMessage;
    private bool _isBinary;
    private byte[] _message = [];
    private int _count;
    private int _pieces;

    /// <summary>Takes what makes the next message or control frame from the beginning of the input.</summary>
    /// <param name="input">Left with what is not consumed; more must be added to it if the result is
    /// <see cref="WebSocketInputKind.NeedMore"/>.</param>
    public WebSocketInput Read(ref ReadOnlySequence<byte> input)
    {
        while (true)
        {
            if (!_isInFrame)
            {
                if (!FrameHeader.TryRead(input, out var header, out var length))
                {
                    return WebSocketInput.NeedMore;
                }

                if (Refusal(header) is { } refusal)
                {
                    return refusal;
                }

                if (header.IsControl && input.Length < length + header.Length)
                {
                    return WebSocketInput.NeedMore;
                }

                input = input.Slice(length);
                if (header.IsControl)
                {
                    return ReadControl(header, ref input);
                }

                Begin(header);
            }

            if (!TryReadPayload(ref input))
            {
                return WebSocketInput.NeedMore;
            }

            if (_frame.IsFinal)
            {
                return End();
            }
        }
    }

    private WebSocketInput? Refusal(in FrameHeader header)
    {
        if (header.Violation is { } violation)
        {
            return WebSocketInput.Broken(violation);
        }

        if (header.IsControl)
        {
            return null;
        }

        if (header.IsContinuation != _isInMessage)
        {
            return WebSocketInput.Broken(
                _isInMessage ? "a message began within another" : "a continuation of no message");
        }

        if (header.Length > maxPayload - _count)
        {
            return WebSocketInput.TooLarge;
        }

        return _pieces > FreePieces && _pieces > _count / 16
            ? WebSocketInput.Broken("a message came in too many small fragments")
            : null;
    }

    private void Begin(in FrameHeader header)
    {
        _frame = header;
        _isInFrame = true;
        _pieces++;
        if (!header.IsContinuation)
        {
            _isInMessage = true;
            _isBinary = header.IsBinary;
        }
    }

    /// <summary>Takes what there is of the frame's payload; true if that is all of it.</summary>
    private bool TryReadPayload(ref ReadOnlySequence<byte> input)
    {
        var take = (int)Math.Min(_frame.Length - _frame.Read, input.Length);
        Reserve(take);
        var target = _message.AsSpan(_count, take);
        input.Slice(0, take).CopyTo(target);
        _frame.Unmask(target);
        input = input.Slice(take);
        _count += take;
        _isInFrame = _frame.Read < _frame.Length;
        return !_isInFrame;
    }

    private void Reserve(int more)
    {
        var needed = _count + more;
        if (needed <= _message.Length)
        {
            return;
        }

        // A message that is here as a whole, which nearly all are, gets exactly its size.
        var isWhole = _count == 0 && _frame.IsFinal && more == _frame.Length;
        var size = isWhole ? more : Math.Max(Math.Max(needed, FirstBuffer), Math.Min(_message.Length * 2, maxPayload));
        var larger = new byte[size];
        _message.AsSpan(0, _count).CopyTo(larger);
        _message = larger;
    }

    private WebSocketInput End()
    {
        var data = _message.Length == _count ? _message : _message.AsSpan(0, _count).ToArray();
        var message = WebSocketInput.Message(data, _isBinary);
        _message = [];
        _count = _pieces = 0;
        _isInMessage = false;
        return message;
    }

    private static WebSocketInput ReadControl(FrameHeader header, ref ReadOnlySequence<byte> input)
    {
        var payload = input.Slice(0, header.Length).ToArray();
        input = input.Slice(header.Length);
        header.Unmask(payload);
        return header.Opcode switch
        {
            WebSocketOpcode.Ping => WebSocketInput.Ping(payload),
            WebSocketOpcode.Pong => WebSocketInput.Pong,
            _ => WebSocketInput.ReadClose(payload),
        };
    }

    /// <summary>The header of a frame, and how much of its payload has been read.</summary>
    private struct FrameHeader
    {
        private const int Final = 0x80;
        private const int Reserved = 0x70;
        private const int Masked = 0x80;
        private const int MaxControl = 125;
        private const int Length16 = 126;
        private const int Length64 = 127;

        private uint _mask;

        public WebSocketOpcode Opcode { get; private set; }

        public bool IsFinal { get; private set; }

        public long Length { get; private set; }

        public long Read { get; private set; }

        /// <summary>What is wrong with it, if anything.</summary>
        public string? Violation { get; private set; }

        public readonly bool IsControl => Opcode >= WebSocketOpcode.Close;

        public readonly bool IsContinuation => Opcode == WebSocketOpcode.Continuation;

        public readonly bool IsBinary => Opcode == WebSocketOpcode.Binary;

        /// <summary>Reads a header if it is there as a whole, or as much of it as is wrong.</summary>
        public static bool TryRead(in ReadOnlySequence<byte> input, out FrameHeader header, out int length)
        {
            Span<byte> bytes = stackalloc byte[14];
            var available = (int)Math.Min(input.Length, bytes.Length);
            input.Slice(0, available).CopyTo(bytes);
            header = default;
            length = 0;
            if (available < 2)
            {
                return false;
            }

            header.Opcode = (WebSocketOpcode)(bytes[0] & 0x0F);
            header.IsFinal = (bytes[0] & Final) != 0;
            header.Violation = FindViolation(bytes[0], bytes[1]);
            if (header.Violation is not null)
            {
                return true;
            }

            var marker = bytes[1] & ~Masked;
            length = 2 + 4 + (marker switch { Length16 => 2, Length64 => 8, _ => 0 });
            return available >= length && header.ReadLength(bytes[..length], marker);
        }

        /// <summary>Unmasks the next bytes of the payload.</summary>
        public void Unmask(Span<byte> payload)
        {
            WebSocketMask.Apply(payload, _mask, (int)(Read & 3));
            Read += payload.Length;
        }

        private bool ReadLength(ReadOnlySpan<byte> header, int marker)
        {
            var length = marker switch
            {
                Length16 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
                Length64 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
                _ => (ulong)marker,
            };
            Length = (long)length;
            _mask = BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]);
            if (Length < 0)
            {
                // That a length is not in its shortest form harms nobody; other servers take it, too.
                Violation = "the length of a frame has its highest bit set";
            }

            return true;
        }

        private static string? FindViolation(byte first, byte second)
        {
            var opcode = (WebSocketOpcode)(first & 0x0F);
            if ((first & Reserved) != 0)
            {
                return "a reserved bit of a frame is set";
            }

            if (!Enum.IsDefined(opcode))
            {
                return $"a frame has the unknown opcode {(int)opcode}";
            }

            if ((second & Masked) == 0)
            {
                return "a frame is not masked";
            }

            return opcode >= WebSocketOpcode.Close && ((first & Final) == 0 || (second & ~Masked) > MaxControl)
                ? "a control frame is fragmented or too long"
                : null;
        }
    }
}
