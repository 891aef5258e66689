using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// The auth payload of a Socket.IO 2 client: it has none, but a query behind the namespace, which is read as an object
/// of texts.
/// </summary>
/// <remarks><code>0/admin?token=abc&amp;room=a%20b,     {"token":"abc","room":"a b"}</code></remarks>
internal static class ConnectQuery
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>
    /// Reads the query in a namespace as it came; empty if there is none. Of a repeated name each value is there, and
    /// readers take the last. What is no valid UTF-8 when decoded has U+FFFD in its place.
    /// </summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> nsp)
    {
        var start = nsp.IndexOf((byte)'?');
        if (start < 0)
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            var query = nsp[(start + 1)..];
            foreach (var range in query.Split((byte)'&'))
            {
                WriteParameter(json, query[range]);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteParameter(Utf8JsonWriter json, ReadOnlySpan<byte> parameter)
    {
        if (parameter.IsEmpty)
        {
            return;
        }

        var equals = parameter.IndexOf((byte)'=');
        var name = equals < 0 ? parameter : parameter[..equals];
        json.WriteString(Decode(name), equals < 0 ? "" : Decode(parameter[(equals + 1)..]));
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        while (!encoded.IsEmpty)
        {
            var taken = TryDecodeEscape(encoded, out bytes[length]) ? 3 : 1;
            length++;
            encoded = encoded[taken..];
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>False if it's no escape: then the byte stands for itself, but a plus for a space.</summary>
    private static bool TryDecodeEscape(ReadOnlySpan<byte> encoded, out byte decoded)
    {
        if (encoded is [(byte)'%', var high, var low, ..]
            && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
        {
            decoded = (byte)((FromHex(high) << 4) | FromHex(low));
            return true;
        }

        decoded = encoded[0] == (byte)'+' ? (byte)' ' : encoded[0];
        return false;
    }

    private static int FromHex(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
