using AkkaChat.Rooms;

namespace AkkaChat.Tests.Support;

/// <summary>Rooms without actors: messages wait until the test lets the rooms work.</summary>
internal sealed class ManualRouter : IRoomRouter
{
    public bool JoinsAtOnce { get; init; } = true;

    private readonly Lock _gate = new();
    private readonly List<RoomMessages.RoomMessage> _messages = [];

    /// <summary>What has been sent, and not been answered.</summary>
    public IReadOnlyList<RoomMessages.RoomMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>The same as texts: <c>Join a</c>.</summary>
    public string[] Sent => [.. Messages.Select(message => $"{message.GetType().Name} {message.Room}")];

    public void Tell(RoomMessages.RoomMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
        }
    }

    /// <summary>How far the rooms have come.</summary>
    public TaskCompletionSource Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WhenDeliveredAsync(RoomName room, long sequence, CancellationToken cancellationToken) =>
        Delivered.Task.WaitAsync(cancellationToken);

    public void Stop()
    {
        lock (_gate)
        {
            _messages.Clear();
        }
    }

    /// <summary>The first message that waits takes effect.</summary>
    public void AnswerFirst() => TakeFirst().Operation.Done();

    /// <summary>The first message, which waits no more: the test says what becomes of it.</summary>
    public RoomMessages.RoomMessage TakeFirst()
    {
        lock (_gate)
        {
            var first = _messages[0];
            _messages.RemoveAt(0);
            return first;
        }
    }
}
