using Akka.Actor;

namespace AkkaChat.Sessions;

/// <summary>
/// Tells an actor a message after a time, by the clock it was given, so that virtual time drives it too. Starting it
/// again replaces what was to come. Used by its actor only; what comes late is the actor's to recognise.
/// </summary>
internal sealed class ActorTimer(TimeProvider time, IActorRef actor, object message) : IDisposable
{
    private ITimer? _timer;

    public void Start(TimeSpan delay)
    {
        // Timers count whole milliseconds; one that is early would only be set again.
        delay = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(delay.TotalMilliseconds)));
        if (_timer is null)
        {
            _timer = time.CreateTimer(static state => ((ActorTimer)state!).Tell(), this, delay, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Tell() => actor.Tell(message, ActorRefs.NoSender);
}
