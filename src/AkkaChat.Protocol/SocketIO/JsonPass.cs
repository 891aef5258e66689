using System.Globalization;
using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>One pass of <see cref="JsonScanner"/> over one payload. Throws what Utf8JsonReader throws.</summary>
internal ref struct JsonPass
{
    private const int LongestEscape = 6; // \uXXXX for one byte
    private const long MaxExactInteger = 1L << 53;

    private readonly JsonRules _rules;
    private Utf8JsonReader _reader;
    private PlaceholderCheck _placeholders; // only if the packet is binary
    private SliceList _elements;
    private JsonTokenType _kind;
    private string? _eventName;
    private bool _awaitsName;
    private int _elementStart;

    public JsonPass(ReadOnlySpan<byte> json, JsonRules rules, Span<(int Start, int Length)> space)
    {
        _rules = rules;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = rules.MaxDepth });
        _elements = new SliceList(space);
        _awaitsName = rules.IsEvent;
        if (rules.AttachmentCount is { } count)
        {
            _placeholders = new PlaceholderCheck(count, rules.MaxDepth);
        }
    }

    public readonly long Position => _reader.BytesConsumed;

    public bool TryRun(out ProtocolError error)
    {
        error = default;
        while (_reader.Read())
        {
            if (!TryAccept(out error))
            {
                return false;
            }
        }

        return true;
    }

    public readonly ScannedJson Result(ReadOnlyMemory<byte> json) => new(_kind, _eventName, _elements.ToArray(json));

    public void Dispose() => _elements.Dispose();

    private bool TryAccept(out ProtocolError error)
    {
        error = default;
        if (_reader.ValueIsEscaped && JsonEscapes.HasLoneSurrogate(_reader.ValueSpan))
        {
            return ProtocolError.Fail("the payload has a string with half a surrogate pair", out error);
        }

        if (_rules.AttachmentCount is { } count && !_placeholders.Accept(ref _reader))
        {
            return ProtocolError.Fail($"a placeholder points at none of the {count} attachments", out error);
        }

        if (_kind == JsonTokenType.None)
        {
            _kind = _reader.TokenType;
            return true;
        }

        return _kind != JsonTokenType.StartArray || _reader.CurrentDepth != 1 || TryAcceptElement(out error);
    }

    /// <summary>At depth 1 of an array a token is a whole element, or its beginning or end.</summary>
    private bool TryAcceptElement(out ProtocolError error)
    {
        error = default;
        if (_awaitsName)
        {
            _awaitsName = false;
            return TryReadEventName(out error);
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                _elementStart = (int)_reader.TokenStartIndex;
                break;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _elements.Add(_elementStart, (int)_reader.BytesConsumed);
                break;
            default:
                _elements.Add((int)_reader.TokenStartIndex, (int)_reader.BytesConsumed);
                break;
        }

        return true;
    }

    private bool TryReadEventName(out ProtocolError error)
    {
        const string What = "an event name";
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return ProtocolError.Fail("an event name is neither a string nor a number", out error);
        }

        // Before it is made a string, so that a name of a megabyte costs nothing.
        var escapes = _reader.ValueIsEscaped ? LongestEscape : 1;
        if (!ProtocolName.TryCheckLength(_reader.ValueSpan.Length / escapes, What, _rules.MaxNameLength, out error))
        {
            return false;
        }

        _eventName = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : NumberText();
        return ProtocolName.TryCheck(_eventName, What, _rules.MaxNameLength, out error);
    }

    /// <summary>As JavaScript would name it where that is an integer: 1, 1.0 and 1e0 are all "1".</summary>
    private readonly string NumberText()
    {
        var number = _reader.GetDouble();
        return double.IsInteger(number) && Math.Abs(number) <= MaxExactInteger
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);
    }
}
