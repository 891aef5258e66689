using System.Text;
using Akka.Actor;
using Akka.TestKit;
using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Settings;
using AkkaChat.Sockets;
using AkkaChat.Transports;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Testing.Actors;

/// <summary>
/// A session on a TestKit's actor system, with no web server and no client: a test plays the client by Engine.IO packets
/// (<c>40</c>, <c>42["event"]</c>, <c>3</c>), and what the session sends goes to a <see cref="TestProbe"/>. For tests at
/// the level of the protocol; <see cref="ChatTestServer"/> is for all others.
/// </summary>
public sealed class SessionProbe : IDisposable
{
    private readonly AkkaChatServer _server;
    private readonly Session _session;

    private SessionProbe(AkkaChatServer server, Session session, TestProbe probe, TestClock clock)
    {
        _server = server;
        _session = session;
        Probe = probe;
        Clock = clock;
    }

    /// <summary>Gets a <see cref="Sent"/> for every message and a <see cref="Closed"/> for the end.</summary>
    public TestProbe Probe { get; }

    /// <summary>The session's clock.</summary>
    public TestClock Clock { get; }

    /// <summary>Opens a session; its handshake is what the probe gets first.</summary>
    /// <param name="kit">The test, whose actor system it runs on. One session for each test.</param>
    /// <param name="handlers">Registers handlers.</param>
    /// <param name="configure">Sets options.</param>
    public static async Task<SessionProbe> OpenAsync(
        TestKitBase kit, Action<IAkkaChat>? handlers = null, Action<AkkaChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(kit);
        var clock = new TestClock();
        var options = new AkkaChatOptions { TimeProvider = clock };
        configure?.Invoke(options);
        var settings = SettingsLoader.Read(SettingsLoader.Merge(null, static _ => null, []), options);
        var server = new AkkaChatServer(settings, options, new LoggerFactory(), services: null);
        handlers?.Invoke(server.Main);
        server.Start(kit.Sys);
        var probe = kit.CreateTestProbe();
        var session = await server.OpenSessionAsync(
            new Handshake(),
            session => new ProbeTransport(session.Outbox, probe),
            host => new SocketIOConnection(server, host),
            EngineTransport.WebSocket);
        return new SessionProbe(server, session!, probe, clock);
    }

    /// <summary>The client sends an Engine.IO packet.</summary>
    /// <param name="packet">The packet's text, such as <c>42["hello"]</c>.</param>
    /// <exception cref="ArgumentException">It is no packet.</exception>
    public void Send(string packet)
    {
        if (!EnginePacketCodec.TryDecodeText(Encoding.UTF8.GetBytes(packet), out var decoded, out var error))
        {
            throw new ArgumentException(error.Reason, nameof(packet));
        }

        Arrive(decoded);
    }

    /// <summary>The client sends a binary attachment.</summary>
    /// <param name="attachment">Its bytes.</param>
    public void Send(ReadOnlyMemory<byte> attachment) => Arrive(EnginePacketCodec.FromBinary(attachment));

    /// <summary>Waits for the session's next message, as long as the kit's default, and checks how it begins.</summary>
    /// <param name="beginning">Such as <c>42["news"</c>, or <c>2</c> for a ping; empty for any.</param>
    /// <returns>The whole text.</returns>
    public string ExpectSent(string beginning = "") =>
        Probe.ExpectMsg<Sent>(sent => sent.Text.StartsWith(beginning, StringComparison.Ordinal)).Text;

    /// <summary>Waits for the session to close its connection.</summary>
    /// <returns>The reason.</returns>
    public string ExpectClosed() => Probe.ExpectMsg<Closed>().Reason;

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Close(CloseReason.TransportClose);
        _server.Dispose();
    }

    private void Arrive(EnginePacket packet)
    {
        _session.Window.Hold(packet.Data.Length);
        _session.Tell(new SessionMessages.PacketArrived(0, packet, null));
    }

    /// <summary>The session has sent a message.</summary>
    /// <param name="Text">The packet as text; empty for a binary attachment.</param>
    /// <param name="Attachment">The bytes of a binary attachment; empty for text.</param>
    public sealed record Sent(string Text, ReadOnlyMemory<byte> Attachment);

    /// <summary>The session has closed the connection.</summary>
    /// <param name="Reason">Why, as disconnect handlers see it.</param>
    public sealed record Closed(string Reason);

    /// <summary>A transport that writes to the probe. The outbox calls from any thread.</summary>
    private sealed class ProbeTransport(Outbox outbox, TestProbe probe) : ITransport
    {
        private readonly Lock _gate = new();

        /// <inheritdoc/>
        public EngineTransport Kind => EngineTransport.WebSocket;

        /// <inheritdoc/>
        public bool IsReady => true;

        /// <inheritdoc/>
        public void Wake()
        {
            lock (_gate)
            {
                List<WirePacket> batch = [];
                var bytes = outbox.Take(this, ref batch);
                batch.ForEach(Write);
                outbox.Written(bytes);
            }
        }

        /// <inheritdoc/>
        public void SendProbeAnswer(WirePacket packet) => Write(packet);

        /// <inheritdoc/>
        public void Finish(CloseReason reason)
        {
            Wake();
            Abort(reason);
        }

        /// <inheritdoc/>
        public void Abort(CloseReason reason) => probe.Ref.Tell(new Closed(reason.Text), ActorRefs.NoSender);

        private void Write(WirePacket packet)
        {
            foreach (var message in packet.Messages)
            {
                var sent = message.IsBinary
                    ? new Sent("", message.Data)
                    : new Sent(Encoding.UTF8.GetString(message.Data.Span), ReadOnlyMemory<byte>.Empty);
                probe.Ref.Tell(sent, ActorRefs.NoSender);
            }
        }
    }
}
