using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Servers;

/// <summary>All servers that the benchmark knows, AkkaChat first, in the order of every report.</summary>
internal sealed class ServerCatalog
{
    /// <summary>
    /// On one core the runtime waits ten times as long before it optimizes code: a second without new code instead of a
    /// tenth. Pinning would have .NET's servers measured half-compiled.
    /// </summary>
    private static readonly Dictionary<string, string> DotNetEnvironment = new()
    {
        ["DOTNET_TC_DelaySingleProcMultiplier"] = "1",
    };

    private static readonly string[] Feeds = ["standard", "restricted"];

    private readonly string _repository;
    private readonly string _artifacts;

    public ServerCatalog(string repository, string artifacts)
    {
        _repository = repository;
        _artifacts = artifacts;
        All =
        [
            .. Feeds.Select(AkkaChat),
            Script("node", "node", "node-socketio/server.mjs", "node-socketio/node_modules/socket.io/package.json"),
            DotNet("kestrel", new PlainProtocol(), "AkkaChat.Bench.Kestrel"),
            DotNet("signalr", new SignalRProtocol(), "AkkaChat.Bench.SignalR"),
            // Debian's packages are seen by Debian's own Python only.
            Script("flask", "/usr/bin/python3", "flask-socketio/app.py", "/usr/lib/python3/dist-packages/flask_socketio/__init__.py"),
        ];
    }

    public IReadOnlyList<ServerDefinition> All { get; }

    private ServerDefinition AkkaChat(string feed)
    {
        var program = BuiltProgram(feed, "AkkaChat.Bench.Server");
        return new ServerDefinition($"akkachat-{feed}", new SocketIOProtocol(), program, [], program, DotNetEnvironment);
    }

    private ServerDefinition DotNet(string name, IProtocol protocol, string project)
    {
        // The peers do not depend on the feed: whichever build is there.
        var builds = Feeds.Select(feed => BuiltProgram(feed, project)).ToList();
        var program = builds.Find(File.Exists) ?? builds[0];
        return new ServerDefinition(name, protocol, program, [], program, DotNetEnvironment);
    }

    private ServerDefinition Script(string name, string interpreter, string script, string needs)
    {
        var peers = Path.Combine(_repository, "bench", "peers");
        return new ServerDefinition(
            name,
            new SocketIOProtocol(),
            interpreter,
            [Path.Combine(peers, script)],
            Path.Combine(peers, needs),
            new Dictionary<string, string>());
    }

    private string BuiltProgram(string feed, string project) =>
        Path.Combine(_artifacts, feed, "bin", project, "release", project);
}
