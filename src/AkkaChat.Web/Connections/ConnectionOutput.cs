using System.Buffers;
using System.IO.Pipelines;

namespace AkkaChat.Web.Connections;

/// <summary>
/// Where Kestrel writes what goes out on one connection: into its pipe, until a WebSocket takes the connection over;
/// then the response to that request is kept for the WebSocket to send.
/// </summary>
internal sealed class ConnectionOutput(PipeWriter pipe) : PipeWriter
{
    private ArrayBufferWriter<byte>? _response;
    private bool _hasUsedPipe;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc/>
    public override long UnflushedBytes => _response is null ? pipe.UnflushedBytes : 0;

    private IBufferWriter<byte> Target => _response is null ? pipe : _response;

    /// <summary>Keeps what is written from now on; null if anything has been written before, or is diverted already.</summary>
    public ArrayBufferWriter<byte>? TryDivert() =>
        _hasUsedPipe || _response is not null ? null : _response = new ArrayBufferWriter<byte>();

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => Target.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => Target.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        _hasUsedPipe |= _response is null;
        Target.Advance(bytes);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _response is null ? pipe.FlushAsync(cancellationToken) : default;

    /// <inheritdoc/>
    public override void CancelPendingFlush() => pipe.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => pipe.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => pipe.CompleteAsync(exception);
}
