using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Rooms;
using AkkaChat.Sessions;
using AkkaChat.Settings;
using AkkaChat.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.MicroBenchmarks;

/// <summary>An event from its bytes to its handler and to the ack in the outbox, without actors and network.</summary>
public class DispatchBenchmarks
{
    private readonly StandIn _host;
    private readonly SocketIOConnection _connection;
    private List<WirePacket> _batch = [];

    public DispatchBenchmarks()
    {
        var options = new AkkaChatOptions();
        var settings = SettingsLoader.Read(SettingsLoader.Merge(null, _ => null, []), options);
        var server = new AkkaChatServer(settings, options, NullLoggerFactory.Instance, services: null);
        var bench = server.Main.Of(Samples.Namespace);
        bench.On("echo", (EventArgument argument) => argument);
        bench.On("chat", (ChatLine line) => { _ = line.Room; });
        server.FindNamespace(Samples.Namespace)!.Start(new NoRooms());
        _host = new StandIn(new Session(
            SocketId.New(server.Incarnation), new Handshake(), settings.SessionLimits, server.Time));
        _connection = new SocketIOConnection(server, _host);
        _host.Session.Outbox.Attach(_host);
        Receive("0/bench,"u8.ToArray());
    }

    [Benchmark]
    public void EventWithoutAck() => Receive(Samples.ChatEvent);

    [Benchmark]
    public void EventWithAck() => Receive(Samples.EchoEvent);

    private void Receive(byte[] text)
    {
        _host.Session.Window.Hold(text.Length);
        _connection.OnMessage(new EnginePacket(EnginePacketType.Message, text, IsBinary: false));
        var outbox = _host.Session.Outbox;
        outbox.Written(outbox.Take(_host, ref _batch));
        _batch.Clear();
    }

    private sealed record ChatLine(string Room, EventArgument Msg);

    private sealed class NoRooms : IRoomRouter
    {
        public bool JoinsAtOnce => true;

        public void Tell(RoomMessages.RoomMessage message) => message.Operation.Done();

        public Task WhenDeliveredAsync(RoomName room, long sequence, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Stop()
        {
        }
    }

    /// <summary>In place of the session's actor and of the writer.</summary>
    private sealed class StandIn(Session session) : ISessionHost, IOutboxDrainer
    {
        public Session Session { get; } = session;

        public bool IsReady => true;

        public void Close(CloseReason reason) => throw new InvalidOperationException(reason.ToString());

        public void Finish(CloseReason reason) => throw new InvalidOperationException(reason.ToString());

        public void TellWhenDone(ValueTask task, object queue) =>
            throw new InvalidOperationException("These handlers complete at once.");

        public void Wake()
        {
        }
    }
}
