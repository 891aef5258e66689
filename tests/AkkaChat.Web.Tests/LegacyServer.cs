using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests;

/// <summary>A server in this process on a port of its own, and clients that say byte for byte what they are told.</summary>
internal sealed class LegacyServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private LegacyServer(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Patience };
    }

    public static async Task<LegacyServer> StartAsync(Action<AkkaChatWebOptions> configure, Action<IAkkaChat> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.AddAkkaChat(configure);
        var app = builder.Build();
        map(app.MapAkkaChat());
        await app.StartAsync();
        return new LegacyServer(app);
    }

    public async Task<(int Status, string Body)> GetAsync(string query)
    {
        using var response = await _http.GetAsync(new Uri("/socket.io/?" + query, UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<(string? Type, string Hex)> GetBytesAsync(string query)
    {
        using var response = await _http.GetAsync(new Uri("/socket.io/?" + query, UriKind.Relative));
        return (response.Content.Headers.ContentType?.MediaType, Convert.ToHexStringLower(await response.Content.ReadAsByteArrayAsync()));
    }

    public async Task<int> PostAsync(string query, byte[] body, string type = "text/plain")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await _http.PostAsync(new Uri("/socket.io/?" + query, UriKind.Relative), content);
        return (int)response.StatusCode;
    }

    public Task<int> PostAsync(string query, string body) => PostAsync(query, Encoding.UTF8.GetBytes(body));

    public async Task<LegacyWebSocket> ConnectAsync(string query)
    {
        var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(
            new Uri($"ws://{_http.BaseAddress!.Authority}/socket.io/?transport=websocket&{query}"), limit.Token);
        return new LegacyWebSocket(socket, Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>A WebSocket whose messages are texts, or "hex:" and the bytes.</summary>
internal sealed class LegacyWebSocket(ClientWebSocket socket, TimeSpan patience) : IDisposable
{
    private const string Hex = "hex:";

    public async Task SendAsync(params string[] messages)
    {
        using var limit = new CancellationTokenSource(patience);
        foreach (var message in messages)
        {
            var isBinary = message.StartsWith(Hex, StringComparison.Ordinal);
            var bytes = isBinary ? Convert.FromHexString(message[Hex.Length..]) : Encoding.UTF8.GetBytes(message);
            await socket.SendAsync(
                bytes, isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        }
    }

    /// <summary>The next message; "closed" and the code at the end.</summary>
    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(patience);
        var buffer = new byte[64 * 1024];
        var count = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(count), limit.Token);
            count += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return $"closed {(int?)socket.CloseStatus}";
            }

            if (result.EndOfMessage)
            {
                return result.MessageType == WebSocketMessageType.Text
                    ? Encoding.UTF8.GetString(buffer, 0, count)
                    : Hex + Convert.ToHexStringLower(buffer.AsSpan(0, count));
            }
        }
    }

    /// <summary>The next messages, without those of the heartbeat.</summary>
    public async Task<string[]> NextAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count)
        {
            var message = await NextAsync();
            if (message is not ("2" or "3"))
            {
                messages.Add(message);
            }
        }

        return [.. messages];
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
