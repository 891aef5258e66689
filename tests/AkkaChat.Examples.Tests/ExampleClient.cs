using System.Collections.Concurrent;
using System.Threading.Channels;
using SocketIOClient;
using SocketIOClient.Transport;
using StockClient = SocketIOClient.SocketIO;

namespace AkkaChat.Examples.Tests;

/// <summary>The NuGet package SocketIOClient, with what came in kept in order for a test to wait for.</summary>
internal sealed class ExampleClient : IDisposable
{
    private readonly ConcurrentDictionary<string, Channel<SocketIOResponse>> _received = new(StringComparer.Ordinal);
    private readonly StockClient _client;

    public ExampleClient(ExampleProgram program, string name = "", object? auth = null, Dictionary<string, string>? headers = null) =>
        _client = new StockClient(new Uri(program.Url, name), new SocketIOOptions
        {
            Transport = TransportProtocol.WebSocket,
            AutoUpgrade = false,
            Reconnection = false,
            Auth = auth,
            ExtraHeaders = headers,
        });

    public string Id => _client.Id;

    public async Task<ExampleClient> ConnectAsync(params string[] events)
    {
        foreach (var name in events)
        {
            _client.On(name, response => Channel(name).Writer.TryWrite(response));
        }

        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.OnConnected += (_, _) => connected.TrySetResult();
        await _client.ConnectAsync().Soon();
        await connected.Task.Soon();
        return this;
    }

    /// <summary>Tries to connect; the result is the message by which it was refused.</summary>
    public async Task<string> RefusedAsync()
    {
        var refusal = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.OnError += (_, message) => refusal.TrySetResult(message);
        var connecting = _client.ConnectAsync();
        var message = await refusal.Task.Soon();
        await _client.DisconnectAsync().Soon();
        _ = connecting.ContinueWith(_ => { }, TaskScheduler.Default);
        return message;
    }

    /// <summary>Answers an event of the server's.</summary>
    public void Answer(string name, Func<SocketIOResponse, object> answer) =>
        _client.On(name, response => { _ = response.CallbackAsync(answer(response)); });

    public Task EmitAsync(string name, params object[] arguments) => _client.EmitAsync(name, arguments).Soon();

    /// <summary>Emits, and waits for the ack.</summary>
    public async Task<SocketIOResponse> CallAsync(string name, params object[] arguments)
    {
        var ack = new TaskCompletionSource<SocketIOResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _client.EmitAsync(name, response => ack.TrySetResult(response), arguments).Soon();
        return await ack.Task.Soon();
    }

    /// <summary>Emits, and waits for the first value of the ack.</summary>
    public async Task<T> CallAsync<T>(string name, params object[] arguments) => (await CallAsync(name, arguments)).GetValue<T>();

    /// <summary>The next event of that name.</summary>
    public Task<SocketIOResponse> NextAsync(string name) => Channel(name).Reader.ReadAsync().AsTask().Soon();

    /// <summary>Whether an event of that name has come that nobody has taken.</summary>
    public bool HasReceived(string name) => Channel(name).Reader.TryPeek(out _);

    public Task DisconnectAsync() => _client.DisconnectAsync().Soon();

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Channel<SocketIOResponse> Channel(string name) =>
        _received.GetOrAdd(name, _ => System.Threading.Channels.Channel.CreateUnbounded<SocketIOResponse>());
}
