using System.Buffers;
using System.Text.Json;

namespace AkkaChat.Protocol.MessagePack;

/// <summary>
/// Turns the server's own JSON into MessagePack; placeholders become the attachments that they stand for. Two passes,
/// for MessagePack says first how many elements follow.
/// </summary>
internal static class JsonToMessagePack
{
    private const int MaxDepth = 1024;
    private const int UsualContainers = 32;

    /// <exception cref="JsonException">The JSON is not valid.</exception>
    public static void Write(
        ref PooledBuffer output, ReadOnlySpan<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var counts = Count(json, out var containers);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            var next = 0;
            while (reader.Read())
            {
                WriteToken(ref output, ref reader, counts.AsSpan(0, containers), ref next, attachments);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    /// <summary>How many elements or members each array and object has, in the order in which they begin.</summary>
    private static int[] Count(ReadOnlySpan<byte> json, out int containers)
    {
        var counts = ArrayPool<int>.Shared.Rent(UsualContainers);
        var open = new Stack<int>();
        containers = 0;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                open.Pop();
                continue;
            }

            // Of a member both name and value come by; the value is the one that counts.
            if (open.Count > 0 && reader.TokenType != JsonTokenType.PropertyName)
            {
                counts[open.Peek()]++;
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                open.Push(containers);
                Append(ref counts, containers++);
            }
        }

        return counts;
    }

    private static void Append(ref int[] counts, int index)
    {
        if (index == counts.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(2 * index);
            counts.CopyTo(larger, 0);
            ArrayPool<int>.Shared.Return(counts);
            counts = larger;
        }

        counts[index] = 0;
    }

    private static void WriteToken(
        ref PooledBuffer output,
        ref Utf8JsonReader reader,
        ReadOnlySpan<int> counts,
        ref int next,
        IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                MessagePackWriter.WriteArrayHead(ref output, counts[next++]);
                break;
            case JsonTokenType.StartObject:
                var members = counts[next++];
                if (members == 2 && TryReadPlaceholder(ref reader, attachments.Count, out var number))
                {
                    MessagePackWriter.WriteBinary(ref output, attachments[number].Span);
                }
                else
                {
                    MessagePackWriter.WriteMapHead(ref output, members);
                }

                break;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                WriteString(ref output, ref reader);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref output, ref reader);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                MessagePackWriter.WriteBoolean(ref output, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.Null:
                MessagePackWriter.WriteNil(ref output);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Reads <c>{"_placeholder":true,"num":0}</c>, which begins at the reader's token and points at an attachment. If
    /// it's none the reader stays where it is.
    /// </summary>
    private static bool TryReadPlaceholder(ref Utf8JsonReader reader, int attachments, out int number)
    {
        number = -1;
        if (attachments == 0)
        {
            return false;
        }

        var ahead = reader;
        var isMarked = false;
        for (var member = 0; member < 2; member++)
        {
            if (!ahead.Read())
            {
                return false;
            }

            if (ahead.ValueTextEquals("_placeholder"u8))
            {
                isMarked = ahead.Read() && ahead.TokenType == JsonTokenType.True;
            }
            else if (!ahead.ValueTextEquals("num"u8)
                || !ahead.Read() || ahead.TokenType != JsonTokenType.Number || !ahead.TryGetInt32(out number))
            {
                return false;
            }
        }

        if (!isMarked || number < 0 || number >= attachments || !ahead.Read())
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    private static void WriteString(ref PooledBuffer output, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            MessagePackWriter.WriteString(ref output, reader.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var length = reader.CopyString(unescaped);
        MessagePackWriter.WriteString(ref output, unescaped.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(unescaped);
    }

    private static void WriteNumber(ref PooledBuffer output, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
        {
            MessagePackWriter.WriteInteger(ref output, integer);
        }
        else if (reader.TryGetUInt64(out var unsigned))
        {
            MessagePackWriter.WriteUnsigned(ref output, unsigned);
        }
        else
        {
            MessagePackWriter.WriteFloat(ref output, reader.GetDouble());
        }
    }
}
