using Akka.Actor;
using AkkaChat.Sessions;

namespace AkkaChat.Sharding;

/// <summary>
/// Ticks an actor at the latest when it wants it. What it takes meanwhile does not put the tick off: else a busy room would
/// never look at the clock, and never repeat what one of its messages has lost. A tick may come too early. Used by its
/// actor only.
/// </summary>
internal sealed class RoomTimer(TimeProvider time, IActorRef actor, object tick) : IDisposable
{
    private readonly ActorTimer _timer = new(time, actor, tick);
    private TimeSpan? _due;

    /// <summary>Lets a tick come then, or before.</summary>
    public void By(TimeSpan due)
    {
        if (_due is not { } set || due < set)
        {
            _due = due;
            _timer.Start(due - time.Now());
        }
    }

    /// <summary>The tick has come.</summary>
    public void OnTick() => _due = null;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
