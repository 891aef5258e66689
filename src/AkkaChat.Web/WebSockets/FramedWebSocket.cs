using AkkaChat.Protocol;
using AkkaChat.Protocol.WebSockets;
using AkkaChat.Sessions;
using AkkaChat.Web.Connections;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// A WebSocket with framing of our own, straight on the connection's socket. All frames that one read has brought are
/// taken from the input without waiting in between.
/// </summary>
internal sealed class FramedWebSocket(TakenConnection connection, int maxPayload) : IWebSocketConnection
{
    private readonly WebSocketFrameDecoder _decoder = new(maxPayload);
    /// <summary>After so many control frames in a row others get their turn in this thread.</summary>
    private const int ControlsInARow = 64;

    private State _state = State.Open;
    private int _controls;
    private bool _isCompleted;

    private enum State
    {
        Open,

        /// <summary>The client has closed, or has gone.</summary>
        Ended,

        /// <summary>The client has broken the protocol, so what it sends means nothing any more.</summary>
        Broken,
    }

    /// <inheritdoc/>
    public bool WritesInCallersThread => true;

    /// <inheritdoc/>
    public bool OutlivesRequest => true;

    /// <inheritdoc/>
    public bool HasClosedItself => false;

    /// <inheritdoc/>
    public async ValueTask<WebSocketMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (_state == State.Open)
        {
            var read = _decoder.Read(ref connection.Input.Unread);
            switch (read.Kind)
            {
                case WebSocketInputKind.Message:
                    return new WebSocketMessage(read.Data, read.IsBinary);
                case WebSocketInputKind.NeedMore when _isCompleted:
                case WebSocketInputKind.Close:
                    _state = State.Ended;
                    break;
                case WebSocketInputKind.NeedMore:
                    _isCompleted = !await connection.Input.FillAsync(cancellationToken);
                    break;
                case WebSocketInputKind.Ping:
                    await connection.Frames.WriteAsync(WebSocketFrame.Pong(read.Data.Span), cancellationToken);
                    await LetOthersInAsync();
                    break;
                case WebSocketInputKind.Pong:
                    await LetOthersInAsync();
                    break;
                default:
                    _state = State.Broken;
                    return read.Kind == WebSocketInputKind.TooLarge
                        ? new WebSocketMessage(default, IsBinary: false, CloseReason.MessageTooLarge)
                        : new WebSocketMessage(default, IsBinary: false, CloseReason.ParseError, read.Violation);
            }
        }

        while (_state == State.Broken && !_isCompleted)
        {
            // Until the client hangs up, so that it can read why; what it still sends goes nowhere.
            connection.Input.Unread = default;
            _isCompleted = !await connection.Input.FillAsync(cancellationToken);
        }

        return new WebSocketMessage(default, IsBinary: false, CloseReason.TransportClose);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(List<WirePacket> packets, CancellationToken cancellationToken) =>
        connection.Frames.WriteAsync(packets, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CloseOutputAsync(CloseReason reason, CancellationToken cancellationToken) =>
        connection.Frames.WriteAsync(WebSocketFrame.Close(reason.WebSocketCode, reason.Text), cancellationToken);

    /// <inheritdoc/>
    public void Abort() => connection.Abort();

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private async ValueTask LetOthersInAsync()
    {
        if (++_controls % ControlsInARow == 0)
        {
            await Task.Yield();
        }
    }
}
