using System.Buffers;
using System.IO.Pipelines;
using AkkaChat.Protocol;
using AkkaChat.Protocol.WebSockets;
using AkkaChat.Sessions;
using AkkaChat.Web.Connections;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// A WebSocket with framing of our own, straight on Kestrel's input and the connection's socket. All frames that one
/// read has brought are taken from the input without waiting in between; while there are none it holds no buffer.
/// </summary>
internal sealed class FramedWebSocket(PipeReader input, FrameWriter frames, Action abort, int maxPayload)
    : IWebSocketConnection
{
    private readonly WebSocketFrameDecoder _decoder = new(maxPayload);
    private ReadOnlySequence<byte> _unread;
    private State _state = State.Open;
    private bool _isReading;
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
    public bool HasClosedItself => false;

    /// <inheritdoc/>
    public async ValueTask<WebSocketMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (_state == State.Open)
        {
            var read = _decoder.Read(ref _unread);
            switch (read.Kind)
            {
                case WebSocketInputKind.Message:
                    return new WebSocketMessage(read.Data, read.IsBinary);
                case WebSocketInputKind.NeedMore when _isCompleted:
                case WebSocketInputKind.Close:
                    _state = State.Ended;
                    break;
                case WebSocketInputKind.NeedMore:
                    await ReadMoreAsync(cancellationToken);
                    break;
                case WebSocketInputKind.Ping:
                    await frames.WriteAsync(WebSocketFrame.Pong(read.Data.Span), cancellationToken);
                    break;
                case WebSocketInputKind.Pong:
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
            _unread = _unread.Slice(_unread.End);
            await ReadMoreAsync(cancellationToken);
        }

        return new WebSocketMessage(default, IsBinary: false, CloseReason.TransportClose);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(List<WirePacket> packets, CancellationToken cancellationToken) =>
        frames.WriteAsync(packets, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CloseOutputAsync(CloseReason reason, CancellationToken cancellationToken) =>
        frames.WriteAsync(WebSocketFrame.Close(reason.WebSocketCode, reason.Text), cancellationToken);

    /// <inheritdoc/>
    public void Abort() => abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connection is Kestrel's.
    }

    private async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (_isReading)
        {
            _isReading = false;
            input.AdvanceTo(_unread.Start, _unread.End);
            _unread = default;
        }

        var read = await input.ReadAsync(cancellationToken);
        _isReading = true;
        _isCompleted = read.IsCompleted;
        _unread = read.Buffer;
    }
}
