using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Sockets;

namespace AkkaChat;

/// <summary>
/// A socket as it was when it was asked for, wherever in the cluster it is. What it says does not change any more; what
/// it does is done to the socket itself, and has no effect once that has gone. Of a socket of another node not everything
/// is told: see <see cref="Handshake"/> and <see cref="Items"/>.
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

    internal RemoteSocket(Namespace owner, SocketRecord record)
    {
        Id = record.Id;
        Handshake = record.Handshake.ToHandshake();
        Rooms = record.Rooms;
        UserId = record.UserId;
        Items = Read(record.Items);
        _target = owner.To(record.Id);
    }

    /// <summary>The socket's id.</summary>
    public string Id { get; }

    /// <summary>
    /// The request that opened its connection, and its auth payload. Of a socket of another node: without the auth payload,
    /// the user, and the headers <c>Cookie</c>, <c>Authorization</c> and <c>Proxy-Authorization</c>, which stay on their node.
    /// </summary>
    public Handshake Handshake { get; }

    /// <summary>The rooms it was in.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Whose it is; null if nobody's.</summary>
    public string? UserId { get; }

    /// <summary>
    /// A copy of the application's data about it. Of a socket of another node each value is a <see cref="JsonElement"/>, or
    /// null, as the server's serializer writes it there; binary is base64, and what cannot be written is left out.
    /// </summary>
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
            [] when !outcomes.IsComplete => throw new TimeoutException("Its node did not answer in time."),
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

    private static Dictionary<string, object?> Read(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> items)
    {
        Dictionary<string, object?> read = new(StringComparer.Ordinal);
        foreach (var (key, json) in items)
        {
            var element = JsonSerializer.Deserialize(json.Span, Serialization.OwnJsonContext.Default.JsonElement);
            read[key] = element.ValueKind == JsonValueKind.Null ? null : element;
        }

        return read;
    }
}
