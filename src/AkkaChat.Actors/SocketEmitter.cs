using AkkaChat.Delivery;

namespace AkkaChat;

/// <summary>How to send to one socket: volatile, or with a time limit of its own. A value; use it at once or keep it.</summary>
public readonly struct SocketEmitter
{
    private readonly Socket _socket;
    private readonly EmitOptions _options;

    internal SocketEmitter(Socket socket, EmitOptions options) => (_socket, _options) = (socket, options);

    /// <summary>Sends an event to the client; see <see cref="Socket.EmitAsync"/>.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    public Task EmitAsync(string eventName, params object?[] arguments) =>
        _socket.SendAsync(eventName, _options, null, arguments);

    /// <summary>Sends an event to the client and waits for its ack, as <c>Socket.CallAsync</c> does.</summary>
    /// <typeparam name="T">The type of the ack's first argument.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <exception cref="TimeoutException">No ack came in time.</exception>
    /// <exception cref="SocketDisconnectedException">The client has disconnected.</exception>
    public Task<T> CallAsync<T>(string eventName, params object?[] arguments) =>
        _socket.CallAsync<T>(_options, eventName, arguments);
}
