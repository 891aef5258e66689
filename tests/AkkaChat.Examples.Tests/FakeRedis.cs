using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaChat.Examples.Tests;

/// <summary>As much of a Redis server as one subscriber sees of it.</summary>
internal sealed class FakeRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _subscriber;

    public FakeRedis() => _listener.Start();

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>What the subscriber has sent.</summary>
    public string Commands { get; private set; } = "";

    /// <summary>Waits until somebody has subscribed, channels first and then patterns.</summary>
    public async Task SubscribedAsync()
    {
        _subscriber?.Dispose();
        _subscriber = await _listener.AcceptTcpClientAsync().Soon();
        Commands = "";
        var buffer = new byte[1024];
        while (!Commands.Contains("PSUBSCRIBE", StringComparison.Ordinal) || !Commands.EndsWith("#*\r\n", StringComparison.Ordinal))
        {
            var count = await _subscriber.GetStream().ReadAsync(buffer).AsTask().Soon();
            Assert.NotEqual(0, count);
            Commands += Encoding.UTF8.GetString(buffer, 0, count);
        }

        await SendAsync("*3\r\n$9\r\nsubscribe\r\n$8\r\nsocketio\r\n:1\r\n"u8.ToArray());
    }

    public Task PublishAsync(string channel, string text) => PublishAsync(channel, Encoding.UTF8.GetBytes(text));

    public async Task PublishAsync(string channel, byte[] payload)
    {
        var isPattern = channel.StartsWith("socket.io#", StringComparison.Ordinal);
        await SendAsync(Encoding.UTF8.GetBytes(isPattern
            ? $"*4\r\n$8\r\npmessage\r\n$1\r\n*\r\n${channel.Length}\r\n{channel}\r\n${payload.Length}\r\n"
            : $"*3\r\n$7\r\nmessage\r\n${channel.Length}\r\n{channel}\r\n${payload.Length}\r\n"));
        await SendAsync([.. payload, (byte)'\r', (byte)'\n']);
    }

    /// <summary>Says something, whatever it means.</summary>
    public Task SendAsync(byte[] bytes) => _subscriber!.GetStream().WriteAsync(bytes).AsTask().Soon();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _subscriber?.Dispose();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
