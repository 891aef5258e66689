using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;
using AkkaChat.Transports;

namespace AkkaChat.Specs.Sessions;

/// <summary>
/// A session on virtual time: ping interval 25 s, ping timeout 20 s. Its application is a stub, so that only the
/// session itself is looked at.
/// </summary>
public abstract class SessionSpec : TestKit, IDisposable
{
    private protected const int PendingEvents = 5;

    private static readonly string Virtual =
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        """;

    private protected SessionSpec()
        : base(Virtual) => Server = TestServer.Start(
            options => options.MaxPendingEvents = PendingEvents, Time, system: Sys);

    private protected ManualTime Time { get; } = new();

    private protected TestServer Server { get; }

    private protected StubApplication Application { get; } = new();

    private protected Session Session { get; private set; } = null!;

    private protected PollingTransport Polling => Session.Polling!;

    /// <summary>Both clocks go on: the one that the rules read and the one that wakes actors.</summary>
    private protected void Advance(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>All that was told to the session so far has taken effect.</summary>
    private protected Task SettleAsync() => new TestClient(Session, null!).SettleAsync();

    private protected async Task OpenPollingAsync()
    {
        Session = (await Server.Server.OpenSessionAsync(
            new Handshake(),
            session => session.Polling = new PollingTransport(session.Outbox),
            Application.Attach,
            EngineTransport.Polling).EndInTime())!;
        Assert.StartsWith("0{", (await PollAsync())[0]);
    }

    private protected async Task<TestClient> OpenWebSocketAsync()
    {
        RecordingTransport transport = null!;
        Session = (await Server.Server.OpenSessionAsync(
            new Handshake(),
            session => transport = new RecordingTransport(session.Outbox),
            Application.Attach,
            EngineTransport.WebSocket).EndInTime())!;
        var client = new TestClient(Session, transport);
        Assert.StartsWith("0{", await client.ReadAsync());
        return client;
    }

    private protected Poll StartPoll()
    {
        var poll = new Poll();
        Session.Tell(new SessionMessages.PollArrived(poll));
        return poll;
    }

    private protected async Task<string[]> PollAsync() => await AnswerOf(StartPoll());

    /// <summary>What a poll was answered with; written, as the web layer would.</summary>
    private protected async Task<string[]> AnswerOf(Poll poll)
    {
        var answer = await Session.OrStopped(poll.Answer, PollAnswer.Refused(EngineError.SessionIdUnknown)).EndInTime();
        Session.Outbox.Written(answer.Bytes);
        return answer.Error is { } error ? [$"error {error.Message}"] : Wire.Read(answer.Packets);
    }

    /// <summary>Sends one packet in a POST and waits for its answer; null is "ok".</summary>
    private protected Task<EngineError?> PostAsync(string wire, int generation = 0)
    {
        Assert.True(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _));
        var processed = new TaskCompletionSource<EngineError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.Window.Hold(packet.Data.Length);
        Session.Tell(new SessionMessages.PacketArrived(generation, packet, processed));
        return Session.OrStopped(processed.Task, EngineError.SessionIdUnknown).EndInTime();
    }

    private protected async Task<(RecordingTransport Transport, int? Generation)> OfferAsync()
    {
        var candidate = new RecordingTransport(Session.Outbox);
        var answer = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.Tell(new SessionMessages.CandidateArrived(candidate, answer));
        return (candidate, await Session.OrStopped(answer.Task, null).EndInTime());
    }

    /// <summary>The session has ended, its actor has stopped, and its window is open.</summary>
    private protected async Task ExpectStoppedAsync(string reason)
    {
        Assert.Equal(reason, await Application.Closed.EndInTime());
        await Limit.WaitUntil(() => Server.Server.SessionCount == 0);
        var never = new TaskCompletionSource<bool>();
        Assert.True(await Session.OrStopped(never.Task, true).EndInTime());
        for (var number = 0; number < PendingEvents + 1; number++)
        {
            Assert.True(Session.Window.EnterAsync(1, default).AsTask().IsCompleted);
        }
    }
}
