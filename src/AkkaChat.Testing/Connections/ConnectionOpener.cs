using System.Security.Claims;
using System.Text;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace AkkaChat.Testing.Connections;

/// <summary>Opens connections as a client does: the request, the handshake, and the upgrade if there is to be one.</summary>
internal sealed record ConnectionOpener(TestServer Host, string Path, TestTransport Transport)
{
    private static readonly WirePacket Probe = WirePacket.Of(WireMessage.Text("2probe"u8.ToArray()));
    private static readonly WirePacket Upgrade = WirePacket.Of(WireMessage.Text("5"u8.ToArray()));

    public Dictionary<string, string> Query { get; init; } = [];

    public Dictionary<string, string> Headers { get; init; } = [];

    public ClaimsPrincipal? User { get; init; }

    /// <summary>A transport, and the handshake that came by it.</summary>
    /// <exception cref="ConnectRefusedException">The server refused the request.</exception>
    public async Task<(IClientTransport Transport, EnginePacket Handshake)> OpenAsync()
    {
        if (Transport == TestTransport.WebSocket)
        {
            var socket = await OpenWebSocketAsync(sid: null);
            return (socket, await FirstOf(socket));
        }

        var polling = OpenPolling();
        var handshake = await polling.OpenAsync();
        var sid = SidIn(handshake);
        polling.UseSession(sid);
        return (Transport == TestTransport.Polling ? polling : await UpgradeAsync(polling, sid), handshake);
    }

    private async Task<WebSocketClientTransport> UpgradeAsync(PollingClientTransport polling, string sid)
    {
        var socket = await OpenWebSocketAsync(sid);
        await socket.SendAsync(Probe);
        if (await FirstOf(socket) is not { Type: EnginePacketType.Pong })
        {
            throw new ConnectRefusedException("The server did not answer the upgrade's probe.");
        }

        await socket.SendAsync(Upgrade);
        polling.Dispose();
        return socket;
    }

    private static async Task<EnginePacket> FirstOf(WebSocketClientTransport socket) =>
        await socket.ReceiveAsync()
        ?? throw new ConnectRefusedException($"The server closed the connection at once: {socket.CloseReason}");

    private async Task<WebSocketClientTransport> OpenWebSocketAsync(string? sid)
    {
        var client = Host.CreateWebSocketClient();
        client.ConfigureRequest = Configure;
        try
        {
            return new WebSocketClientTransport(
                await client.ConnectAsync(AddressOf("websocket", sid), CancellationToken.None));
        }
        catch (InvalidOperationException exception)
        {
            throw Refusal.Of(exception);
        }
    }

    private PollingClientTransport OpenPolling()
    {
        var handler = Host.CreateHandler(context => Configure(context.Request));
        return new PollingClientTransport(new HttpClient(handler), AddressOf("polling", sid: null));
    }

    private void Configure(HttpRequest request)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers[name] = value;
        }

        if (User is not null)
        {
            request.HttpContext.User = User;
        }
    }

    private Uri AddressOf(string transport, string? sid)
    {
        var address = new StringBuilder($"http://localhost{Path}?EIO=4&transport={transport}");
        foreach (var (name, value) in Query)
        {
            address.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        if (sid is not null)
        {
            address.Append("&sid=").Append(Uri.EscapeDataString(sid));
        }

        return new Uri(address.ToString());
    }

    private static string SidIn(EnginePacket handshake)
    {
        using var document = System.Text.Json.JsonDocument.Parse(handshake.Data);
        return document.RootElement.GetProperty("sid").GetString()!;
    }
}
