using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Transports;

namespace AkkaChat.Sessions;

/// <summary>
/// What everybody outside of a session's actor holds of it: where to put what goes out, how much may come in, and the
/// actor's address. Thread-safe.
/// </summary>
internal sealed class Session
{
    private const long NoPong = -1;

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private IActorRef _actor = ActorRefs.Nobody;
    private int _isPosting;
    private long _pong = NoPong;
    private long _pongsFrom;
    private int _notingGeneration = -1;

    public Session(string id, Handshake handshake, SessionLimits limits, TimeProvider time)
    {
        Id = id;
        Handshake = handshake;
        _time = time;
        Outbox = new Outbox(limits.OutboxBytes, () => Close(CloseReason.SlowConsumer));
        Window = new InboundWindow(limits.PendingEvents, limits.PendingBytes, time);
    }

    /// <summary>The Engine.IO session id: a secret shared with one client.</summary>
    public string Id { get; }

    /// <summary>Names the session in logs: a digest of its id, from which the id cannot be found out.</summary>
    public string LogName => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Id)), 0, 6);

    /// <summary>Why the session ended; null while it has not.</summary>
    public CloseReason? EndedBy { get; set; }

    /// <summary>The request that opened the session.</summary>
    public Handshake Handshake { get; }

    public Outbox Outbox { get; }

    public InboundWindow Window { get; }

    /// <summary>How the connection is carried now.</summary>
    public string TransportName { get; set; } = "";

    /// <summary>The revision of Engine.IO that the client speaks. Set before the session's actor starts.</summary>
    public EngineDialect Dialect { get; set; } = EngineDialect.Current;

    /// <summary>Where polls go; null for a session that was opened by a WebSocket, or has gone on to one.</summary>
    public PollingTransport? Polling { get; set; }

    /// <summary>When the first pong came that was only noted, since these were forgotten.</summary>
    public TimeSpan? NotedPong => Volatile.Read(ref _pong) is not NoPong and var ticks ? new TimeSpan(ticks) : null;

    /// <summary>
    /// Lets the reader of that transport just note pongs. A pong is looked for when it has become overdue; before that
    /// nothing needs to be told of it, so one that comes by no other way costs its connection a read.
    /// </summary>
    public void LetPongsBeNoted(int generation) => Volatile.Write(ref _notingGeneration, generation);

    /// <summary>Notes a pong. False: it must go to the actor as any packet does.</summary>
    public bool TryNotePong(int generation)
    {
        if (generation != Volatile.Read(ref _notingGeneration))
        {
            return false;
        }

        var noted = Volatile.Read(ref _pong);
        if (noted < Volatile.Read(ref _pongsFrom))
        {
            Interlocked.CompareExchange(ref _pong, _time.Now().Ticks, noted);
        }

        return true;
    }

    /// <summary>What was noted before a ping is no answer to it.</summary>
    public void ForgetPong()
    {
        Volatile.Write(ref _pongsFrom, _time.Now().Ticks);
        Volatile.Write(ref _pong, NoPong);
    }

    /// <summary>Binds the actor. It does so itself, before anybody else sees the session.</summary>
    public void Bind(IActorRef actor) => _actor = actor;

    public void Tell(object message) => _actor.Tell(message, ActorRefs.NoSender);

    /// <summary>For logs, which ask for it only if they write it.</summary>
    public override string ToString() => LogName;

    /// <summary>Ends the session at once; what waits is not written.</summary>
    public void Close(CloseReason reason) => Tell(new SessionMessages.Close(reason));

    /// <summary>The actor has stopped: whoever waits for an answer of it, or for room in the window, waits in vain.</summary>
    public void OnStopped()
    {
        _stopped.TrySetResult();
        Window.OpenForEver();
    }

    /// <summary>Calls back when the actor has stopped, or now if it has.</summary>
    public void WhenStopped(Action callback) => _ = _stopped.Task.ContinueWith(
        _ => callback(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Waits for an answer of the actor; <paramref name="otherwise"/> if it stops without one.</summary>
    public async Task<T> OrStopped<T>(Task<T> answer, T otherwise)
    {
        await Task.WhenAny(answer, _stopped.Task);
        return answer.IsCompletedSuccessfully ? await answer : otherwise;
    }

    /// <summary>Whether a POST is under way.</summary>
    public bool IsPosting => Volatile.Read(ref _isPosting) == 1;

    /// <summary>Begins a POST. False: another is under way, which is a client's error.</summary>
    public bool TryBeginPost() => Interlocked.Exchange(ref _isPosting, 1) == 0;

    public void EndPost() => Volatile.Write(ref _isPosting, 0);
}
