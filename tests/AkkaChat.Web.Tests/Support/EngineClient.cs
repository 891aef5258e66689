using System.Text.Json;

namespace AkkaChat.Web.Tests.Support;

/// <summary>The two ways to connect.</summary>
public enum Transport
{
    Polling,
    WebSocket,
}

/// <summary>A packet as it came: a text with its type digit, or binary.</summary>
internal sealed record Incoming(string? Text, byte[]? Binary)
{
    public override string ToString() => Text ?? $"binary {Convert.ToHexString(Binary ?? [])}";
}

/// <summary>The connection has ended; no packet will come.</summary>
internal sealed class ConnectionEndedException(string how) : Exception($"The connection has ended: {how}");

/// <summary>One Engine.IO connection, as bare as it can be: what is sent and received are packets as texts.</summary>
internal abstract class EngineClient : IAsyncDisposable
{
    /// <summary>The members of the open packet.</summary>
    public JsonElement Opened { get; private set; }

    public string Sid => Opened.GetProperty("sid").GetString()!;

    /// <summary>Sends text packets, over polling all in one request.</summary>
    public abstract Task SendAsync(params string[] packets);

    /// <summary>Sends what may be refused: whether the server takes it is seen by what follows.</summary>
    public abstract Task TrySendAsync(string packet, params byte[][] attachments);

    /// <summary>Sends a text and the binary that belongs to it.</summary>
    public abstract Task SendBinaryAsync(string? text, params byte[][] attachments);

    /// <summary>The next packet.</summary>
    /// <exception cref="ConnectionEndedException">There will be none.</exception>
    public abstract Task<Incoming> NextAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The next packet, which must be a text.</summary>
    public async Task<string> ReceiveAsync()
    {
        var packet = await NextAsync();
        return packet.Text ?? throw new InvalidOperationException($"A text was expected, but there came {packet}.");
    }

    public async Task ExpectAsync(params string[] packets)
    {
        foreach (var packet in packets)
        {
            Assert.Equal(packet, await ReceiveAsync());
        }
    }

    public async Task ExpectBinaryAsync(params byte[][] messages)
    {
        foreach (var message in messages)
        {
            var packet = await NextAsync();
            Assert.True(packet.Binary is not null, $"Binary was expected, but there came {packet}.");
            Assert.Equal(message, packet.Binary);
        }
    }

    /// <summary>Waits for the end, whatever still comes before it.</summary>
    public async Task<string> EndsAsync()
    {
        try
        {
            while (true)
            {
                await NextAsync();
            }
        }
        catch (ConnectionEndedException end)
        {
            return end.Message;
        }
    }

    /// <summary>The connection must end in the time that bad input has.</summary>
    public Task EndsSoonAsync() => EndsAsync().WaitAsync(Limit.Punishment);

    /// <summary>Joins a namespace and returns the socket's id there.</summary>
    public async Task<string> JoinAsync(string name = "/", string auth = "")
    {
        await SendAsync(name == "/" ? $"40{auth}" : $"40{name},{auth}");
        var answer = await ReceiveAsync();
        var prefix = name == "/" ? "40" : $"40{name},";
        Assert.StartsWith(prefix + "{", answer, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(answer[prefix.Length..]);
        return json.RootElement.GetProperty("sid").GetString()!;
    }

    /// <summary>Asks for an echo and gets it as the next thing: nothing else was on its way, and all is well.</summary>
    public async Task EchoesAsync(string marker = "well?")
    {
        await SendAsync($"""42["echo","{marker}"]""");
        await ExpectAsync($"""42["echo","{marker}"]""");
    }

    /// <summary>Goes on with the session that another client has opened.</summary>
    protected void Share(EngineClient opener) => Opened = opener.Opened;

    protected void Open(string packet)
    {
        Assert.StartsWith("0{", packet, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(packet[1..]);
        Opened = json.RootElement.Clone();
    }
}
