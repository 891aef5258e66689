using System.Text.Json;

namespace AkkaChat.Serialization;

/// <summary>Tells the kind of a valid JSON value from its first character.</summary>
internal static class JsonKind
{
    public static JsonValueKind Of(ReadOnlySpan<byte> json)
    {
        var start = json.TrimStart(" \t\r\n"u8);
        return start.IsEmpty ? JsonValueKind.Undefined : start[0] switch
        {
            (byte)'{' => JsonValueKind.Object,
            (byte)'[' => JsonValueKind.Array,
            (byte)'"' => JsonValueKind.String,
            (byte)'t' => JsonValueKind.True,
            (byte)'f' => JsonValueKind.False,
            (byte)'n' => JsonValueKind.Null,
            _ => JsonValueKind.Number,
        };
    }
}
