using System.Text.Json;

namespace AkkaChat.Serialization;

/// <summary>
/// What stands in JSON where a binary attachment belongs: <c>{"_placeholder":true,"num":0}</c>.
/// </summary>
internal static class BinaryPlaceholder
{
    private static readonly JsonEncodedText Flag = JsonEncodedText.Encode("_placeholder");
    private static readonly JsonEncodedText Number = JsonEncodedText.Encode("num");

    public static void Write(Utf8JsonWriter writer, int number)
    {
        writer.WriteStartObject();
        writer.WriteBoolean(Flag, true);
        writer.WriteNumber(Number, number);
        writer.WriteEndObject();
    }

    /// <summary>Whether valid JSON as a whole is a placeholder.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out int number)
    {
        var reader = new Utf8JsonReader(json);
        number = -1;
        return reader.Read() && TryRead(ref reader, out number);
    }

    /// <summary>
    /// Reads a placeholder that begins at the reader's token. If it is none the reader stays where it is.
    /// </summary>
    public static bool TryRead(ref Utf8JsonReader reader, out int number)
    {
        number = -1;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var ahead = reader;
        var isPlaceholder = false;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (ahead.ValueTextEquals(Flag.EncodedUtf8Bytes))
            {
                isPlaceholder = ahead.Read() && ahead.TokenType == JsonTokenType.True;
            }
            else if (!ahead.ValueTextEquals(Number.EncodedUtf8Bytes))
            {
                ahead.Read();
                ahead.Skip();
            }
            else if (!TryReadNumber(ref ahead, out number))
            {
                return false;
            }
        }

        if (!isPlaceholder || number < 0)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, out int number)
    {
        number = -1;
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out number);
    }
}
