using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>
/// The output of one Kestrel connection. At first it is Kestrel's own pipe. Once a WebSocket has taken the connection
/// over, everything goes straight to the connection's socket: Kestrel's bytes (the response to the upgrade, pongs, close
/// frames) as it flushes them, and frames by <see cref="FrameWriter"/>, each whole. Kestrel's way costs a pipe, a flush
/// and the wake-up of another thread for every write.
/// </summary>
internal sealed class ConnectionOutput(PipeWriter pipe, NetSocket socket) : PipeWriter
{
    private const int BufferSize = 512;

    private FrameWriter? _frames;
    private byte[] _buffer = [];
    private int _buffered;
    private bool _hasUsedPipe;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc/>
    public override long UnflushedBytes => _frames is null ? pipe.UnflushedBytes : _buffered;

    /// <summary>
    /// Takes the connection over for a WebSocket: from now on nothing goes into Kestrel's pipe. Null if something may
    /// still be in it, which would be overtaken, or if another layer, such as TLS, has to see the bytes.
    /// </summary>
    public FrameWriter? TryTakeOver(IConnectionTransportFeature? transport)
    {
        if (_hasUsedPipe || !ReferenceEquals(transport?.Transport.Output, this))
        {
            return null;
        }

        socket.Blocking = false;
        return _frames ??= new FrameWriter(socket);
    }

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_frames is null)
        {
            return pipe.GetMemory(sizeHint);
        }

        Reserve(sizeHint);
        return _buffer.AsMemory(_buffered);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) =>
        _frames is null ? pipe.GetSpan(sizeHint) : GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (_frames is null)
        {
            _hasUsedPipe = true;
            pipe.Advance(bytes);
            return;
        }

        _buffered += bytes;
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _frames is null ? pipe.FlushAsync(cancellationToken) : FlushToSocketAsync(_frames, cancellationToken);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => pipe.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => pipe.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => pipe.CompleteAsync(exception);

    private async ValueTask<FlushResult> FlushToSocketAsync(FrameWriter frames, CancellationToken cancellationToken)
    {
        if (_buffered == 0)
        {
            return default;
        }

        var bytes = _buffer;
        try
        {
            await frames.WriteAsync(bytes.AsMemory(0, _buffered), cancellationToken);
            return default;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // As Kestrel's pipe says it: nobody takes anything any more.
            return new FlushResult(isCanceled: false, isCompleted: true);
        }
        finally
        {
            _buffer = [];
            _buffered = 0;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = _buffered + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, BufferSize));
        _buffer.AsSpan(0, _buffered).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
