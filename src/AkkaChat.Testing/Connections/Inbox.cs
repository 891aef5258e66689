namespace AkkaChat.Testing.Connections;

/// <summary>The events that a client has received and no test has taken yet. Thread-safe.</summary>
internal sealed class Inbox
{
    private readonly Lock _gate = new();
    private readonly List<ReceivedEvent> _events = [];
    private TaskCompletionSource _changed = NewSignal();

    public void Add(ReceivedEvent received)
    {
        lock (_gate)
        {
            _events.Add(received);
        }

        Signal();
    }

    /// <summary>Wakes whoever waits: something else than an event has happened.</summary>
    public void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = NewSignal();
        }

        changed.TrySetResult();
    }

    /// <summary>Takes the first event of that name. If there is none, the task completes when there may be.</summary>
    public ReceivedEvent? Take(string name, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            var index = _events.FindIndex(received => received.Name == name);
            if (index < 0)
            {
                return null;
            }

            var found = _events[index];
            _events.RemoveAt(index);
            return found;
        }
    }

    /// <summary>Takes them all.</summary>
    public IReadOnlyList<ReceivedEvent> TakeAll()
    {
        lock (_gate)
        {
            ReceivedEvent[] all = [.. _events];
            _events.Clear();
            return all;
        }
    }

    /// <summary>What is there, in words.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return _events.Count == 0 ? "nothing" : string.Join(", ", _events);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
