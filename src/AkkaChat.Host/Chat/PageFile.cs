using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace AkkaChat.Host.Chat;

/// <summary>One file of the page, as it is sent.</summary>
/// <param name="Name">Its name below the page's address.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Compressed">The same, compressed with Brotli.</param>
/// <param name="ETag">What is in it, as a hash.</param>
internal sealed record PageFile(string Name, byte[] Content, byte[] Compressed, string ETag)
{
    /// <summary>The resources' names begin so; Ui.targets gives them.</summary>
    private const string Prefix = "wwwroot/";

    /// <summary>All files of the page; none if the assembly was built without it.</summary>
    public static IReadOnlyList<PageFile> LoadAll(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Load(assembly, name)),
    ];

    private static PageFile Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return new PageFile(resource[Prefix.Length..], content, Compress(content), $"\"{tag}\"");
    }

    private static byte[] Compress(byte[] content)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal))
        {
            brotli.Write(content);
        }

        return output.ToArray();
    }
}
