using AkkaChat.Delivery;

namespace AkkaChat.Presence;

/// <summary>A socket joins a room, unless it is in it, and is tracked there.</summary>
internal sealed class TrackOperation(PresenceRooms rooms, Socket socket, string room, string key, ReadOnlyMemory<byte> fields) : Operation
{
    /// <inheritdoc/>
    public override void Start() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            var join = socket.NewJoin(room);
            join.Start();
            await join.Task;
            await rooms.TrackAsync(socket, room, key, fields);
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}

/// <summary>A change that takes effect at once, in its turn.</summary>
internal sealed class PresenceOperation(Action change) : Operation
{
    /// <inheritdoc/>
    public override void Start()
    {
        try
        {
            change();
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
