using System.Buffers;
using System.Net.Http.Headers;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Testing.Connections;

/// <summary>The client's end of HTTP long-polling: a GET waits for packets, a POST sends some.</summary>
internal sealed class PollingClientTransport(HttpClient http, Uri opening) : IClientTransport
{
    private readonly SemaphoreSlim _posting = new(1, 1);
    private readonly CancellationTokenSource _dropped = new();
    private readonly Queue<EnginePacket> _arrived = new();
    private string _session = "";

    /// <inheritdoc/>
    public string? CloseReason => null;

    private Uri Address => new($"{opening}{_session}");

    /// <summary>Names the session, once the server has said which it is.</summary>
    public void UseSession(string sid) => _session = $"&sid={Uri.EscapeDataString(sid)}";

    /// <inheritdoc/>
    public async Task SendAsync(WirePacket packet)
    {
        await _posting.WaitAsync();
        try
        {
            var body = new ArrayBufferWriter<byte>();
            PollingPayloadWriter.Write(body, [packet]);
            using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8");
            using var response = await http.PostAsync(Address, content, _dropped.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new IOException($"The server refused a packet with HTTP status {(int)response.StatusCode}.");
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException("The connection is closed.", exception);
        }
        finally
        {
            _posting.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<EnginePacket?> ReceiveAsync()
    {
        while (_arrived.Count == 0)
        {
            if (!await TryPollAsync())
            {
                return null;
            }
        }

        return _arrived.Dequeue();
    }

    /// <summary>One GET, which must succeed: the first, which opens the session.</summary>
    public async Task<EnginePacket> OpenAsync()
    {
        using var response = await http.GetAsync(Address, _dropped.Token);
        var body = await response.Content.ReadAsByteArrayAsync(_dropped.Token);
        if (!response.IsSuccessStatusCode)
        {
            throw Refusal.Of(response, body);
        }

        Take(body);
        return _arrived.Dequeue();
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        try
        {
            await SendAsync(EnginePacketCodec.Close);
        }
        catch (IOException)
        {
            // The server was faster.
        }
    }

    /// <inheritdoc/>
    public void Abort() => _dropped.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _dropped.Dispose();
        _posting.Dispose();
        http.Dispose();
    }

    private async Task<bool> TryPollAsync()
    {
        try
        {
            using var response = await http.GetAsync(Address, _dropped.Token);
            if (response.IsSuccessStatusCode)
            {
                Take(await response.Content.ReadAsByteArrayAsync(_dropped.Token));
            }

            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Take(byte[] body)
    {
        var reader = new PollingPayloadReader(body);
        PayloadRead read;
        while ((read = reader.Read(out var packet, out var error)) != PayloadRead.End)
        {
            if (read == PayloadRead.Error)
            {
                throw new InvalidDataException($"The server sent what is no packet: {error.Reason}");
            }

            _arrived.Enqueue(packet);
        }
    }
}
