using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Web;

/// <summary>Chooses and applies a content encoding that the client accepts.</summary>
internal static class ContentEncoding
{
    private static readonly string[] Known = ["br", "gzip", "deflate"];

    /// <summary>The known encoding that the client likes best; null if it takes none of them.</summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
        {
            return null;
        }

        string? best = null;
        var bestQuality = 0d;
        foreach (var name in Known)
        {
            var quality = QualityOf(name, accepted);
            if (quality > bestQuality)
            {
                (best, bestQuality) = (name, quality);
            }
        }

        return best;
    }

    public static Stream Compress(string encoding, Stream target, CompressionLevel level) => encoding switch
    {
        "br" => new BrotliStream(target, level, leaveOpen: true),
        "gzip" => new GZipStream(target, level, leaveOpen: true),
        _ => new ZLibStream(target, level, leaveOpen: true),
    };

    private static double QualityOf(string name, IList<StringWithQualityHeaderValue> accepted)
    {
        double? wildcard = null;
        foreach (var entry in accepted)
        {
            if (entry.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Quality ?? 1;
            }

            if (entry.Value == "*")
            {
                wildcard = entry.Quality ?? 1;
            }
        }

        return wildcard ?? 0;
    }
}
