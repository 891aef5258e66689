namespace AkkaChat;

/// <summary>
/// A socket as it was when it was asked for, wherever in the cluster it is. What it says does not change any more; what
/// it does is done to the socket itself, and has no effect once that has gone.
/// </summary>
public sealed class RemoteSocket
{
    private readonly IBroadcaster _target;

    internal RemoteSocket(Socket socket)
    {
        Id = socket.Id;
        Handshake = socket.Handshake;
        Rooms = socket.Rooms;
        UserId = socket.UserId;
        Items = new Dictionary<string, object?>(socket.Items, StringComparer.Ordinal);
        _target = socket.Namespace.To(socket.Id);
    }

    /// <summary>The socket's id.</summary>
    public string Id { get; }

    /// <summary>The request that opened its connection, and its auth payload.</summary>
    public Handshake Handshake { get; }

    /// <summary>The rooms it was in.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Whose it is; null if nobody's.</summary>
    public string? UserId { get; }

    /// <summary>A copy of the application's data about it.</summary>
    public IReadOnlyDictionary<string, object?> Items { get; }

    /// <summary>Sends it an event.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    public Task EmitAsync(string eventName, params object?[] arguments) => _target.EmitAsync(eventName, arguments);

    /// <summary>Sends it an event and waits for its ack.</summary>
    /// <typeparam name="T">The type of the ack's first argument.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <exception cref="TimeoutException">No ack came in time.</exception>
    /// <exception cref="SocketDisconnectedException">It has disconnected.</exception>
    public async Task<T> CallAsync<T>(string eventName, params object?[] arguments)
    {
        var outcomes = await _target.CallAsync<T>(eventName, arguments);
        return outcomes switch
        {
            [{ Result: CallResult.Acknowledged } outcome] => outcome.Value!,
            [{ Result: CallResult.TimedOut }] => throw new TimeoutException("The client did not acknowledge in time."),
            [{ Result: CallResult.Invalid }] => throw new InvalidOperationException("The client's ack does not fit the type."),
            _ => throw new SocketDisconnectedException(),
        };
    }

    /// <summary>Puts it into rooms.</summary>
    /// <param name="rooms">Names of rooms.</param>
    public Task JoinAsync(params string[] rooms) => _target.JoinAllAsync(rooms);

    /// <summary>Takes it out of rooms.</summary>
    /// <param name="rooms">Names of rooms.</param>
    public Task LeaveAsync(params string[] rooms) => _target.LeaveAllAsync(rooms);

    /// <summary>Disconnects it.</summary>
    /// <param name="close">Also from all its other namespaces, and closes its connection.</param>
    public Task DisconnectAsync(bool close = false) => _target.DisconnectAllAsync(close);
}
