using System.Text.Json;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Tests.Support;

/// <summary>A client that speaks the protocol as text, without a network.</summary>
internal sealed class TestClient(Session session, RecordingTransport transport)
{
    public Session Session { get; } = session;

    public RecordingTransport Transport { get; } = transport;

    /// <summary>The id of the socket that joined last.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Joins a namespace and expects to be let in.</summary>
    public async Task JoinAsync(string name = "/", string auth = "")
    {
        var prefix = name == "/" ? "" : name + ",";
        Send($"40{prefix}{auth}");
        var answer = await ReadAsync();
        Assert.StartsWith($"40{prefix}{{", answer);
        using var json = JsonDocument.Parse(answer[(2 + prefix.Length)..]);
        Id = json.RootElement.GetProperty("sid").GetString()!;
    }

    /// <summary>Sends a packet as it stands on the wire, such as <c>42["a"]</c> or <c>3</c>.</summary>
    public void Send(string wire, int generation = 0)
    {
        Assert.True(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _), wire);
        Send(packet, generation);
    }

    public void SendBinary(params byte[] data) => Send(EnginePacketCodec.FromBinary(data), 0);

    /// <summary>As <see cref="Send(string, int)"/>, as a reader does that waits for the window.</summary>
    public async Task SendInWindowAsync(string wire, CancellationToken cancellationToken = default)
    {
        Assert.True(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _), wire);
        await Session.Window.EnterAsync(packet.Data.Length, cancellationToken);
        Session.Tell(new SessionMessages.PacketArrived(0, packet, null));
    }

    /// <summary>The next message from the server.</summary>
    public async Task<string> ReadAsync() => await Transport.Written.ReadAsync().AsTask().EndInTime();

    /// <summary>The next messages from the server.</summary>
    public async Task<string[]> ReadAsync(int count)
    {
        var messages = new string[count];
        for (var index = 0; index < count; index++)
        {
            messages[index] = await ReadAsync();
        }

        return messages;
    }

    /// <summary>Reads up to and with a message.</summary>
    public async Task<List<string>> ReadUntilAsync(string last)
    {
        var messages = new List<string>();
        while (messages.Count == 0 || messages[^1] != last)
        {
            messages.Add(await ReadAsync());
        }

        return messages;
    }

    /// <summary>
    /// Proves that nothing more came: an event that is acked by the test's server (<c>sync</c>) comes back first.
    /// </summary>
    public async Task ExpectNothingAsync()
    {
        Send("42999[\"sync\"]");
        Assert.Equal("43999[]", await ReadAsync());
    }

    /// <summary>All that was told to the session so far has taken effect, or it has ended.</summary>
    public async Task SettleAsync()
    {
        var processed = new TaskCompletionSource<EngineError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var noop = new EnginePacket(EnginePacketType.Noop, default, false);
        Session.Window.Hold(0);
        Session.Tell(new SessionMessages.PacketArrived(int.MaxValue, noop, processed));
        await Session.OrStopped(processed.Task, null).EndInTime();
    }

    private void Send(EnginePacket packet, int generation)
    {
        Session.Window.Hold(packet.Data.Length);
        Session.Tell(new SessionMessages.PacketArrived(generation, packet, null));
    }
}
