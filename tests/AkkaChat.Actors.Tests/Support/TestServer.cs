using Akka.Actor;
using Akka.Configuration;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Settings;
using AkkaChat.Sockets;

namespace AkkaChat.Tests.Support;

/// <summary>A server with all its actors and without any network: clients are <see cref="TestClient"/>s.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """);

    private readonly ActorSystem _system;
    private readonly bool _ownsSystem;

    private TestServer(AkkaChatServer server, ActorSystem system, bool ownsSystem, RecordingLog log) =>
        (Server, _system, _ownsSystem, Log) = (server, system, ownsSystem, log);

    public AkkaChatServer Server { get; }

    public IAkkaChat Io => Server.Main;

    public RecordingLog Log { get; }

    public Namespace Main => Server.Main;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Sets options.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <param name="services">Where handlers' services come from.</param>
    /// <param name="named">Settings that have no option, by key.</param>
    /// <param name="system">An actor system of the test's own.</param>
    /// <param name="start">Starts the server on it in a way of the test's own.</param>
    public static TestServer Start(
        Action<AkkaChatOptions>? configure = null,
        TimeProvider? time = null,
        IServiceProvider? services = null,
        Dictionary<string, string>? named = null,
        ActorSystem? system = null,
        Action<AkkaChatServer, ActorSystem>? start = null)
    {
        var log = new RecordingLog();
        var server = Create(configure, time, services, named, log);
        var running = system ?? ActorSystem.Create("test", Quiet);
        server.Main.On("sync", () => { });
        start ??= (started, on) => started.Start(on);
        start(server, running);
        return new TestServer(server, running, system is null, log);
    }

    /// <summary>A server that has not started: no actors.</summary>
    public static AkkaChatServer Create(
        Action<AkkaChatOptions>? configure = null,
        TimeProvider? time = null,
        IServiceProvider? services = null,
        Dictionary<string, string>? named = null,
        RecordingLog? log = null)
    {
        var options = new AkkaChatOptions { TimeProvider = time };
        configure?.Invoke(options);
        var settings = SettingsLoader.Read(SettingsLoader.Merge(null, _ => null, named ?? []), options);
        return new AkkaChatServer(settings, options, log ?? new RecordingLog(), services);
    }

    /// <summary>Opens a connection that has joined no namespace yet.</summary>
    public async Task<TestClient> OpenAsync(EngineTransport kind = EngineTransport.WebSocket)
    {
        RecordingTransport transport = null!;
        var session = await Server.OpenSessionAsync(
            new Handshake(),
            session => transport = new RecordingTransport(session.Outbox, kind),
            host => new SocketIOConnection(Server, host),
            kind).EndInTime();
        var client = new TestClient(session!, transport);
        Assert.StartsWith("0{", await client.ReadAsync());
        return client;
    }

    /// <summary>Opens a connection and joins a namespace.</summary>
    public async Task<TestClient> ConnectAsync(string name = "/")
    {
        var client = await OpenAsync();
        await client.JoinAsync(name);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        if (_ownsSystem)
        {
            await _system.Terminate().EndInTime();
        }
    }
}
