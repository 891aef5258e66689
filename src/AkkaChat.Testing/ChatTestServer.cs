using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using AkkaChat.Testing.Connections;
using AkkaChat.Testing.Settling;
using AkkaChat.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Testing;

/// <summary>
/// An application with AkkaChat in this process, without a port. Its clients speak the real protocol through the real
/// pipeline: routing, authentication, transports, sessions, rooms, handlers. Only the network is missing.
/// </summary>
public sealed class ChatTestServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ClientConnection, bool> _connections = new();
    private readonly ServerLogs _logs = new();
    private readonly TestServer _host;
    private readonly WebApplication? _own;
    private readonly Settler _settler;

    private ChatTestServer(TestServer host, WebApplication? own, HandlerRuns runs)
    {
        _host = host;
        _own = own;
        Services = host.Services;
        Core = Services.GetService<AkkaChatServer>() ?? throw new InvalidOperationException(
            "The application has no AkkaChat: it must call builder.AddAkkaChat() and app.MapAkkaChat().");
        Codec = new ClientCodec(Core.Settings.Json, Core.Serializer.Format);
        _settler = new Settler(this, runs, Core.Time as TestClock);
        Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
    }

    /// <summary>The server, to emit from the test, or to look at its sockets.</summary>
    public IAkkaChat Io => Core.Main;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The clock that the server runs on.</summary>
    /// <exception cref="InvalidOperationException">An application of its own runs on another clock.</exception>
    public TestClock Clock => Core.Time as TestClock ?? throw new InvalidOperationException(
        "This application runs on the system's clock. Give it one that tests can move: "
        + "factory.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseTestClock())).");

    /// <summary>
    /// How long, in real time, a test waits for what it expects before it fails. Default 5 s.
    /// </summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(5);

    internal AkkaChatServer Core { get; }

    internal ClientCodec Codec { get; }

    internal IReadOnlyCollection<ClientConnection> Connections => [.. _connections.Keys];

    /// <summary>Starts an application that has nothing but AkkaChat, on a clock that stands still.</summary>
    /// <param name="handlers">Registers the handlers to be tested.</param>
    /// <param name="configure">Sets AkkaChat's options.</param>
    /// <param name="services">Adds the services that handlers need.</param>
    /// <param name="pipeline">Adds middleware before AkkaChat's endpoint, such as authentication.</param>
    public static async Task<ChatTestServer> StartAsync(
        Action<IAkkaChat>? handlers = null,
        Action<AkkaChatWebOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.AddAkkaChat(options =>
        {
            options.ServeClient = false;
            configure?.Invoke(options);
            options.TimeProvider ??= new TestClock();
        });
        builder.Services.AddSingleton(given => given.GetRequiredService<AkkaChatWebOptions>().TimeProvider!);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        try
        {
            return await StartAsync(app, handlers, pipeline);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Tests an application as its own program builds it: <c>ChatTestServer.For(factory.Server)</c> with a
    /// <c>WebApplicationFactory</c>. Whoever made the host ends it; disposing of this only drops the clients.
    /// </summary>
    /// <param name="host">The running test host.</param>
    /// <exception cref="InvalidOperationException">The application has no AkkaChat.</exception>
    public static ChatTestServer For(TestServer host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var runs = new HandlerRuns();
        var server = new ChatTestServer(host, own: null, runs);
        server.Io.AnyNamespace.UseEvent(runs.WatchAsync);
        return server;
    }

    /// <summary>As <see cref="For(TestServer)"/>, for a host that was built with <c>UseTestServer</c> and has started.</summary>
    /// <param name="host">The running host.</param>
    /// <exception cref="InvalidOperationException">The application has no AkkaChat, or another server.</exception>
    public static ChatTestServer For(IHost host) => For(host.GetTestServer());

    /// <summary>Connects a client and joins a namespace.</summary>
    /// <param name="namespaceName">The namespace's name.</param>
    /// <param name="auth">The auth payload, written as a JSON object; null for none.</param>
    /// <param name="query">Parameters of the request's query string.</param>
    /// <param name="headers">Headers of the request.</param>
    /// <param name="user">
    /// Who the request's user is before authentication runs; see <see cref="TestUser"/>. An application's own
    /// authentication may decide otherwise.
    /// </param>
    /// <param name="transport">How the packets travel.</param>
    /// <exception cref="ConnectRefusedException">The server refused the request or the namespace.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its connection.")]
    public async Task<TestClient> ConnectAsync(
        string namespaceName = "/",
        object? auth = null,
        Dictionary<string, string>? query = null,
        Dictionary<string, string>? headers = null,
        ClaimsPrincipal? user = null,
        TestTransport transport = TestTransport.WebSocket)
    {
        var opener = new ConnectionOpener(_host, Core.Settings.Path, transport)
        {
            Query = query ?? [],
            Headers = headers ?? [],
            User = user,
        };
        var connection = await ClientConnection.OpenAsync(this, opener);
        _connections[connection] = true;
        try
        {
            return await connection.JoinAsync(namespaceName, auth);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Moves the time on, from one timer that runs out to the next, and lets the server and the clients come to rest at
    /// each (<see cref="SettleAsync"/>), so that a ping is answered before its time is over.
    /// </summary>
    /// <param name="by">How far, not negative.</param>
    /// <exception cref="InvalidOperationException">The application does not run on a <see cref="TestClock"/>.</exception>
    /// <exception cref="ExpectationException">The server did not come to rest.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var clock = Clock;
        var target = clock.Elapsed + by;
        await SettleAsync();
        while (clock.NextStop(target) is { } stop)
        {
            clock.AdvanceTo(stop);
            await SettleAsync();
        }

        clock.AdvanceTo(target);
        await SettleAsync();
    }

    /// <summary>
    /// Waits until everything is at rest: the server has taken all that its clients have sent, all handlers have ended
    /// or wait for the <see cref="TestClock"/> or a client's ack, and the clients have received all that was sent to
    /// them. It does not sleep. Work that no client has set going, such as hosted services, is not waited for.
    /// </summary>
    /// <exception cref="ExpectationException">A handler waits for something else, longer than the limit.</exception>
    public async Task SettleAsync()
    {
        await _settler.SettleAsync();
        foreach (var connection in Connections)
        {
            if (connection.Closed.IsCompleted && connection.Stopped.IsCompleted)
            {
                _connections.TryRemove(connection, out _);
            }
        }
    }

    /// <summary>Drops all clients, and stops the application if it was started here.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in Connections)
        {
            await connection.DisposeAsync();
        }

        if (_own is not null)
        {
            await _own.StopAsync();
            await _own.DisposeAsync();
        }

        _logs.Dispose();
    }

    /// <summary>The last warnings and errors that the application has logged.</summary>
    internal IReadOnlyList<string> LogLines() => _logs.Lines;

    private static async Task<ChatTestServer> StartAsync(
        WebApplication app, Action<IAkkaChat>? handlers, Action<WebApplication>? pipeline)
    {
        var runs = new HandlerRuns();
        pipeline?.Invoke(app);
        var io = app.MapAkkaChat();
        io.AnyNamespace.UseEvent(runs.WatchAsync);
        handlers?.Invoke(io);
        await app.StartAsync();
        return new ChatTestServer(app.GetTestServer(), app, runs);
    }
}
