using System.Net.WebSockets;
using System.Text;

namespace AkkaChat.Web.Tests.Support;

/// <summary>Engine.IO over one WebSocket.</summary>
internal sealed class RawWebSocket : EngineClient
{
    private readonly ClientWebSocket _socket = new();

    /// <summary>The code with which the server closed; null if it broke off.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseDescription => _socket.CloseStatusDescription;

    /// <summary>Opens a session.</summary>
    public static async Task<RawWebSocket> OpenAsync(
        string host, string path, string query, params (string Name, string Value)[] headers)
    {
        var client = await ConnectAsync(host, path, query, headers);
        client.Open(await client.ReceiveAsync());
        return client;
    }

    /// <summary>Connects, without waiting for anything to come.</summary>
    public static async Task<RawWebSocket> ConnectAsync(
        string host, string path, string query, params (string Name, string Value)[] headers)
    {
        var client = new RawWebSocket();
        client._socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            client._socket.Options.SetRequestHeader(name, value);
        }

        var uri = new Uri($"ws://{host}{path}?EIO=4&transport=websocket{query}");
        await client._socket.ConnectAsync(uri, CancellationToken.None).Soon();
        return client;
    }

    public override async Task SendAsync(params string[] packets)
    {
        foreach (var packet in packets)
        {
            await SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text);
        }
    }

    public override async Task TrySendAsync(string packet, params byte[][] attachments)
    {
        try
        {
            await SendBinaryAsync(packet, attachments);
        }
        catch (WebSocketException)
        {
            // The server has closed already.
        }
    }

    public override async Task SendBinaryAsync(string? text, params byte[][] attachments)
    {
        if (text is not null)
        {
            await SendAsync(text);
        }

        foreach (var data in attachments)
        {
            await SendAsync(data, WebSocketMessageType.Binary);
        }
    }

    public override async Task<Incoming> NextAsync()
    {
        var buffer = new byte[8192];
        using var message = new MemoryStream();
        while (true)
        {
            var result = await ReadAsync(buffer);
            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return result.MessageType == WebSocketMessageType.Binary
                    ? new Incoming(null, message.ToArray())
                    : new Incoming(Encoding.UTF8.GetString(message.ToArray()), null);
            }
        }
    }

    /// <summary>Waits for the server's close frame and returns its code.</summary>
    public async Task<int?> CloseCodeAsync()
    {
        await EndsAsync();
        return (int?)CloseStatus;
    }

    /// <summary>Closes in good order.</summary>
    public Task CloseAsync() =>
        _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Soon();

    /// <summary>Breaks the connection off.</summary>
    public void Abort() => _socket.Abort();

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task SendAsync(byte[] data, WebSocketMessageType type) =>
        _socket.SendAsync(data, type, endOfMessage: true, CancellationToken.None).Soon();

    private async Task<WebSocketReceiveResult> ReadAsync(byte[] buffer)
    {
        try
        {
            var result = await _socket.ReceiveAsync(buffer, CancellationToken.None).Soon();
            return result.MessageType == WebSocketMessageType.Close
                ? throw new ConnectionEndedException($"{(int?)result.CloseStatus} {result.CloseStatusDescription}")
                : result;
        }
        catch (WebSocketException exception)
        {
            throw new ConnectionEndedException(exception.Message);
        }
    }
}
