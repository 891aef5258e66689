using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace AkkaChat.Protocol.MessagePack;

/// <summary>
/// Turns one hostile MessagePack value into JSON, as JavaScript's JSON.stringify would: what the rest of the server
/// reads. Binary becomes an attachment, a slice of the input, and a placeholder where it was.
/// </summary>
/// <remarks>
/// Dates become ISO 8601 strings; NaN, infinities and <c>undefined</c> in an array become null; members that are
/// <c>undefined</c> are left out. Keys of maps are strings. The JSON has at most six times the bytes of its input, and
/// what its placeholders take.
/// </remarks>
internal ref struct MessagePackToJson(ReadOnlyMemory<byte> message, int start, ProtocolLimits limits)
{
    private const int FirstSize = 256;
    private const int LongestNumber = 32;
    private const long FirstDate = -62_135_596_800_000; // 0001-01-01
    private const long LastDate = 253_402_300_799_999; // 9999-12-31

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private MessagePackReader _reader = new(message.Span, start);
    private PooledBuffer _json = new(Math.Max(FirstSize, message.Length));

    /// <summary>The binary values so far; null if there are none.</summary>
    public List<ReadOnlyMemory<byte>>? Attachments { get; private set; }

    /// <summary>Transcodes the value that begins there.</summary>
    public bool TryRun(out ProtocolError error) => TryValue(depth: 0, out error);

    public readonly byte[] Json() => _json.ToArray();

    public readonly void Dispose() => _json.Dispose();

    private bool TryValue(int depth, out ProtocolError error) =>
        _reader.TryRead(out var token, out error) && TryWrite(token, depth, out error);

    private bool TryWrite(in MessagePackToken token, int depth, out ProtocolError error)
    {
        error = default;
        switch (token.Kind)
        {
            case MessagePackKind.Array:
                return TryArray(token.Bits, depth + 1, out error);
            case MessagePackKind.Map:
                return TryMap(token.Bits, depth + 1, out error);
            case MessagePackKind.String:
                WriteString(_reader.Bytes(token));
                return true;
            case MessagePackKind.Binary:
                return TryAttach(token, out error);
            case MessagePackKind.Date:
                return TryDate(token.Bits, out error);
            case MessagePackKind.Boolean:
                _json.Write(token.Bits == 1 ? "true"u8 : "false"u8);
                return true;
            case MessagePackKind.Nil or MessagePackKind.Undefined:
                _json.Write("null"u8);
                return true;
            default:
                WriteNumber(token);
                return true;
        }
    }

    private bool TryArray(long count, int depth, out ProtocolError error)
    {
        if (!TryEnter(depth, out error))
        {
            return false;
        }

        _json.Write((byte)'[');
        for (long index = 0; index < count; index++)
        {
            if (index > 0)
            {
                _json.Write((byte)',');
            }

            if (!TryValue(depth, out error))
            {
                return false;
            }
        }

        _json.Write((byte)']');
        return true;
    }

    private bool TryMap(long count, int depth, out ProtocolError error)
    {
        if (!TryEnter(depth, out error))
        {
            return false;
        }

        _json.Write((byte)'{');
        var isFirst = true;
        for (long index = 0; index < count; index++)
        {
            if (!TryMember(depth, ref isFirst, out error))
            {
                return false;
            }
        }

        _json.Write((byte)'}');
        return true;
    }

    private bool TryMember(int depth, ref bool isFirst, out ProtocolError error)
    {
        if (!_reader.TryRead(out var key, out error))
        {
            return false;
        }

        if (key.Kind != MessagePackKind.String)
        {
            return ProtocolError.Fail($"a MessagePack map has a key that is no string, but {key.Kind}", out error);
        }

        if (!_reader.TryRead(out var value, out error) || value.Kind == MessagePackKind.Undefined)
        {
            return value.Kind == MessagePackKind.Undefined;
        }

        if (!isFirst)
        {
            _json.Write((byte)',');
        }

        isFirst = false;
        WriteString(_reader.Bytes(key));
        _json.Write((byte)':');
        return TryWrite(value, depth, out error);
    }

    private readonly bool TryEnter(int depth, out ProtocolError error)
    {
        error = default;
        return depth <= limits.MaxDepth || ProtocolError.Fail(
            $"the payload is nested deeper than the limit of {limits.MaxDepth} (max-json-depth)", out error);
    }

    private bool TryAttach(in MessagePackToken token, out ProtocolError error)
    {
        error = default;
        Attachments ??= [];
        if (Attachments.Count == limits.MaxAttachments)
        {
            return ProtocolError.Fail(
                $"the binary values are more than the limit of {limits.MaxAttachments} (max-attachments)", out error);
        }

        _json.Write("{\"_placeholder\":true,\"num\":"u8);
        WriteFormatted(Attachments.Count);
        _json.Write((byte)'}');
        Attachments.Add(message.Slice(token.Start, token.Length));
        return true;
    }

    private bool TryDate(long milliseconds, out ProtocolError error)
    {
        error = default;
        if (milliseconds is < FirstDate or > LastDate)
        {
            return ProtocolError.Fail("a date is not within the years 1 to 9999", out error);
        }

        Span<byte> text = stackalloc byte[LongestNumber];
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).TryFormat(
            text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        WriteString(text[..written]);
        return true;
    }

    private void WriteNumber(in MessagePackToken token)
    {
        switch (token.Kind)
        {
            case MessagePackKind.Integer:
                WriteFormatted(token.Bits);
                break;
            case MessagePackKind.Unsigned:
                Utf8Formatter.TryFormat((ulong)token.Bits, _json.Space(LongestNumber), out var digits);
                _json.Advance(digits);
                break;
            default:
                WriteFloat(BitConverter.Int64BitsToDouble(token.Bits));
                break;
        }
    }

    private void WriteFloat(double number)
    {
        if (double.IsFinite(number))
        {
            _json.Advance(Utf8Formatter.TryFormat(number, _json.Space(LongestNumber), out var written) ? written : 0);
        }
        else
        {
            _json.Write("null"u8);
        }
    }

    private void WriteFormatted(long number) =>
        _json.Advance(Utf8Formatter.TryFormat(number, _json.Space(LongestNumber), out var written) ? written : 0);

    private void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        _json.Write((byte)'"');
        for (var next = utf8.IndexOfAny(Escaped); next >= 0; next = utf8.IndexOfAny(Escaped))
        {
            _json.Write(utf8[..next]);
            WriteEscape(utf8[next]);
            utf8 = utf8[(next + 1)..];
        }

        _json.Write(utf8);
        _json.Write((byte)'"');
    }

    private void WriteEscape(byte character)
    {
        if (character is (byte)'"' or (byte)'\\')
        {
            _json.Write([(byte)'\\', character]);
            return;
        }

        _json.Write("\\u00"u8);
        _json.Write((byte)('0' + (character >> 4)));
        _json.Write("0123456789abcdef"u8[character & 0x0f]);
    }
}
