using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Support;

/// <summary>
/// A real server on a port of its own: Socket.IO as the test maps it, with an <c>echo</c> event in the main namespace,
/// and at <c>/engine.io/</c> an echo of bare Engine.IO messages.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>Where bare Engine.IO messages come back.</summary>
    public const string Echo = "/engine.io/";

    private readonly WebApplication _app;
    private readonly List<IAsyncDisposable> _clients = [];
    private bool _isStopped;

    private TestServer(WebApplication app)
    {
        _app = app;
        Io = app.MapAkkaChat();
        Io.On("echo", (Socket socket, EventArguments arguments) => socket.EmitAsync("echo", arguments));
        app.MapEngineIO(Echo, OnEngineConnection);
    }

    public IAkkaChat Io { get; }

    /// <summary>The connections to the echo, as they come.</summary>
    public Recorder<EngineSocket> EngineSockets { get; } = new();

    /// <summary>Why connections to the echo ended.</summary>
    public Recorder<string> EngineCloseReasons { get; } = new();

    public IServiceProvider Services => _app.Services;

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Sessions that the server has now.</summary>
    public int SessionCount => Services.GetRequiredService<AkkaChatServer>().SessionCount;

    public static async Task<TestServer> StartAsync(
        Action<IAkkaChat>? map = null,
        Action<AkkaChatWebOptions>? options = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null,
        int port = 0,
        params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        foreach (var (key, value) in settings)
        {
            builder.Configuration["akkachat:" + key.Replace('.', ':')] = value;
        }

        build?.Invoke(builder);
        builder.AddAkkaChat(values => Configure(values, options));
        var app = builder.Build();
        use?.Invoke(app);
        var server = new TestServer(app);
        map?.Invoke(server.Io);
        await app.StartAsync().Soon();
        return server;
    }

    /// <summary>Opens a connection by that transport.</summary>
    public async Task<EngineClient> OpenAsync(Transport transport, string path = "/socket.io/", string query = "") =>
        transport == Transport.Polling ? await OpenPollingAsync(path, query) : await OpenWebSocketAsync(path, query);

    public async Task<PollingClient> OpenPollingAsync(string path = "/socket.io/", string query = "") =>
        Track(await PollingClient.OpenAsync(Host, path, query));

    public async Task<RawWebSocket> OpenWebSocketAsync(string path = "/socket.io/", string query = "") =>
        Track(await RawWebSocket.OpenAsync(Host, path, query));

    /// <summary>Opens a WebSocket and joins a namespace.</summary>
    public async Task<RawWebSocket> JoinAsync(string name = "/", string auth = "")
    {
        var client = await OpenWebSocketAsync();
        await client.JoinAsync(name, auth);
        return client;
    }

    /// <summary>A polling client that has not opened anything yet.</summary>
    public PollingClient Visitor(string path = "/socket.io/") => Track(new PollingClient(Host, path));

    /// <summary>Stops as a host does that was told to.</summary>
    public async Task StopAsync()
    {
        _isStopped = true;
        await _app.StopAsync().Soon();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        if (!_isStopped)
        {
            await StopAsync();
        }

        await _app.DisposeAsync();
    }

    /// <summary>No ping comes in the time of a test unless it asks for it; a stop does not wait long for clients.</summary>
    private static void Configure(AkkaChatWebOptions values, Action<AkkaChatWebOptions>? options)
    {
        values.PingInterval = TimeSpan.FromSeconds(60);
        values.PingTimeout = TimeSpan.FromMilliseconds(300);
        values.Origins = ["*"];
        values.ServeClient = false;
        options?.Invoke(values);
    }

    private T Track<T>(T client)
        where T : IAsyncDisposable
    {
        _clients.Add(client);
        return client;
    }

    private void OnEngineConnection(EngineSocket socket)
    {
        socket.OnMessage(socket.Send);
        socket.OnClose(EngineCloseReasons.Add);
        EngineSockets.Add(socket);
    }
}
