using System.Buffers.Text;

namespace AkkaChat.Bench.Polling;

/// <summary>Where the parts of a response lie that has a Content-Length, as those of every Engine.IO server do.</summary>
internal readonly record struct HttpResponse(bool IsOk, int BodyStart, int BodyLength)
{
    public int Length => BodyStart + BodyLength;

    /// <summary>Reads a response; false if it is not all there yet.</summary>
    /// <exception cref="BenchException">It has no Content-Length.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, out HttpResponse response)
    {
        response = default;
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        response = new HttpResponse(data.StartsWith("HTTP/1.1 200"u8), end + 4, ContentLength(data[..(end + 2)]));
        return response.Length <= data.Length;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        const string name = "content-length:";
        while (head.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var line = head[..end];
            if (line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name)
                && Utf8Parser.TryParse(line[name.Length..].TrimStart((byte)' '), out int length, out _))
            {
                return length;
            }

            head = head[(end + 2)..];
        }

        throw new BenchException("a response has no Content-Length");
    }
}
