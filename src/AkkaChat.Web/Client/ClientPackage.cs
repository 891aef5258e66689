using System.Reflection;

namespace AkkaChat.Web.Client;

/// <summary>
/// The browser client as Client.targets embeds it: resources named socket.io-client/(version)/(file). There are none in a
/// build that left it out.
/// </summary>
internal sealed class ClientPackage
{
    private const string Prefix = "socket.io-client/";

    private readonly Dictionary<string, ClientFile> _files = new(StringComparer.Ordinal);

    private ClientPackage(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.Split('/') is [_, var version, var name])
            {
                Version = version;
                _files.Add(name, new ClientFile(name, Read(assembly, resource)));
            }
        }
    }

    /// <summary>The files that a server may have, by name.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        "socket.io.js", "socket.io.js.map",
        "socket.io.min.js", "socket.io.min.js.map",
        "socket.io.esm.min.js", "socket.io.esm.min.js.map",
        "socket.io.msgpack.min.js", "socket.io.msgpack.min.js.map",
    ];

    /// <summary>That of the npm package; empty if it was left out.</summary>
    public string Version { get; } = "";

    public static ClientPackage Load(Assembly assembly) => new(assembly);

    public ClientFile? Find(string name) => _files.GetValueOrDefault(name);

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var source = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[source.Length];
        source.ReadExactly(content);
        return content;
    }
}
