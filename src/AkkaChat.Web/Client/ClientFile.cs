using System.Collections.Concurrent;
using System.IO.Compression;

namespace AkkaChat.Web.Client;

/// <summary>One file of the browser client, with its compressed forms, each made when it is first asked for.</summary>
internal sealed class ClientFile(string name, byte[] content)
{
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _compressed = [];

    public string ContentType { get; } =
        name.EndsWith(".map", StringComparison.Ordinal) ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8";

    /// <summary>The bytes to send.</summary>
    /// <param name="encoding">One of those of <see cref="ContentEncoding"/>; null for the file as it is.</param>
    public ReadOnlyMemory<byte> In(string? encoding) => encoding is null
        ? content
        : _compressed.GetOrAdd(encoding, static (key, file) => new Lazy<byte[]>(() => file.Compress(key)), this).Value;

    private byte[] Compress(string encoding)
    {
        var target = new MemoryStream();
        using (var compressor = ContentEncoding.Compress(encoding, target, CompressionLevel.Optimal))
        {
            compressor.Write(content);
        }

        return target.ToArray();
    }
}
