using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AkkaChat.Web.Tests.Support;

/// <summary>Engine.IO over HTTP long-polling, request by request.</summary>
internal sealed class PollingClient : EngineClient
{
    private const char Separator = '\u001e';

    private readonly HttpClient _http;
    private readonly Queue<string> _received = new();

    public PollingClient(string host, string path)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri($"http://{host}{path}"),
            Timeout = Limit.Patience,
        };
    }

    /// <summary>The answer to the request that opened the session.</summary>
    public HttpResponseMessage? OpeningResponse { get; private set; }

    public static async Task<PollingClient> OpenAsync(string host, string path, string query)
    {
        var client = new PollingClient(host, path);
        client.OpeningResponse = await client.RequestAsync(HttpMethod.Get, "EIO=4&transport=polling" + query);
        Assert.Equal(HttpStatusCode.OK, client.OpeningResponse.StatusCode);
        client.Enqueue(await client.OpeningResponse.Content.ReadAsStringAsync());
        client.Open(client._received.Dequeue());
        return client;
    }

    /// <summary>The same session, by requests to another address.</summary>
    public PollingClient At(string host)
    {
        var client = new PollingClient(host, _http.BaseAddress!.AbsolutePath);
        client.Share(this);
        return client;
    }

    /// <summary>Any request to the endpoint.</summary>
    public Task<HttpResponseMessage> RequestAsync(
        HttpMethod method, string query, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, "?" + query) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request).Soon();
    }

    /// <summary>A GET of the session, not yet answered.</summary>
    public Task<HttpResponseMessage> PollAsync(params (string Name, string Value)[] headers) =>
        RequestAsync(HttpMethod.Get, Query, null, headers);

    /// <summary>A GET that its client can give up.</summary>
    public Task<HttpResponseMessage> PollAsync(CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri("?" + Query, UriKind.Relative), cancellationToken);

    /// <summary>A POST with this body.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string type = "text/plain;charset=UTF-8") =>
        PostAsync(Encoding.UTF8.GetBytes(body), type);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string type = "text/plain;charset=UTF-8") =>
        PostAsync(new ByteArrayContent(body), type);

    public Task<HttpResponseMessage> PostAsync(HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return RequestAsync(HttpMethod.Post, Query, content);
    }

    /// <summary>The query of requests in the session.</summary>
    public string Query => "EIO=4&transport=polling&sid=" + Sid;

    public override async Task SendAsync(params string[] packets)
    {
        using var response = await PostAsync(string.Join(Separator, packets));
        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
    }

    public override async Task TrySendAsync(string packet, params byte[][] attachments) =>
        (await PostAsync(Payload(packet, attachments))).Dispose();

    public override Task SendBinaryAsync(string? text, params byte[][] attachments) =>
        SendAsync(Payload(text, attachments));

    public override async Task<Incoming> NextAsync()
    {
        if (_received.Count == 0)
        {
            using var response = await PollAsync();
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ConnectionEndedException($"{(int)response.StatusCode} {body}");
            }

            Enqueue(body);
        }

        var packet = _received.Dequeue();
        return packet switch
        {
            "1" => throw new ConnectionEndedException("close packet"),
            ['b', .. var base64] => new Incoming(null, Convert.FromBase64String(base64)),
            _ => new Incoming(packet, null),
        };
    }

    /// <summary>Takes a packet that an earlier answer held.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? packet) =>
        _received.TryDequeue(out packet);

    /// <summary>Offers a WebSocket to the session.</summary>
    public Task<RawWebSocket> OfferWebSocketAsync() =>
        RawWebSocket.ConnectAsync(_http.BaseAddress!.Authority, _http.BaseAddress.AbsolutePath, "&sid=" + Sid);

    /// <summary>Goes on by WebSocket, as a client does that keeps to the protocol.</summary>
    public async Task<RawWebSocket> UpgradeAsync()
    {
        var socket = await OfferWebSocketAsync();
        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        await socket.SendAsync("5");
        return socket;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        OpeningResponse?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Payload(string? text, byte[][] attachments) => string.Join(
        Separator, (text is null ? [] : new[] { text }).Concat(attachments.Select(data => "b" + Convert.ToBase64String(data))));

    private void Enqueue(string body)
    {
        foreach (var packet in body.Split(Separator))
        {
            _received.Enqueue(packet);
        }
    }
}
