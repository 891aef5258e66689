using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>
/// A TCP connection as Kestrel wants it: what comes in goes into one pipe, what Kestrel puts into another goes out. A
/// WebSocket can take the connection away from it (<see cref="TryTakeOver"/>): then Kestrel is done with the request,
/// and with it goes all that HTTP keeps for a connection; the socket lives on, without pipes.
/// </summary>
internal sealed class SocketConnection : DefaultConnectionContext, IConnectionSocketFeature, IMemoryPoolFeature
{
    private const int ReceiveSize = 2048;

    private static long _lastId;

    private readonly Lock _gate = new();
    private readonly NetSocket _socket;
    private readonly ConnectionLog _log;
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly CancellationTokenSource _closed = new();
    private Task _receiving = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private Exception? _shutdownReason;
    private bool _isShutDown;
    private bool _isTakenOver;

    public SocketConnection(NetSocket socket, MemoryPool<byte> pool, SocketTransportOptions options, ConnectionLog log)
        : base($"{Environment.ProcessId:x}-{Interlocked.Increment(ref _lastId):x}")
    {
        _socket = socket;
        _log = log;
        MemoryPool = pool;
        _input = new Pipe(PipeOptionsOf(pool, PipeScheduler.ThreadPool, PipeScheduler.Inline, options.MaxReadBufferSize));
        _output = new Pipe(PipeOptionsOf(pool, PipeScheduler.Inline, PipeScheduler.ThreadPool, options.MaxWriteBufferSize));
        Output = new ConnectionOutput(_output.Writer);
        Transport = new Duplex(_input.Reader, Output);
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set(this);
    }

    /// <inheritdoc/>
    public NetSocket Socket => _socket;

    /// <inheritdoc/>
    public MemoryPool<byte> MemoryPool { get; }

    private ConnectionOutput Output { get; }

    /// <summary>Begins to move bytes.</summary>
    public void Start()
    {
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    /// <summary>
    /// Takes the connection over for a WebSocket: from now on Kestrel gets nothing of what comes in, and what it still
    /// writes, the response, is the WebSocket's to send. Null, with nothing done, if bytes may still be on their way out, which
    /// would be overtaken, or if another layer, such as TLS, has to see the bytes.
    /// </summary>
    public TakenConnection? TryTakeOver(IConnectionTransportFeature? transport)
    {
        if (!ReferenceEquals(transport?.Transport.Output, Output))
        {
            return null;
        }

        lock (_gate)
        {
            if (_isShutDown || Output.TryDivert() is not { } response)
            {
                return null;
            }

            _isTakenOver = true;
            return new TakenConnection(response, new SocketInput(_socket, TakeReceived(), _receiving), new FrameWriter(_socket), _socket);
        }
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        Shutdown(abortReason);
        _output.Reader.CancelPendingRead();
    }

    /// <inheritdoc/>
    public override void Abort() => Abort(new ConnectionAbortedException("The connection was aborted by the application."));

    /// <summary>Kestrel is done with the connection. One that was taken over goes on without it.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        await _output.Writer.CompleteAsync();
        await _sending;
        if (_isTakenOver)
        {
            TellClosed();
        }
        else
        {
            await _receiving;
        }

        _closed.Dispose();
        await base.DisposeAsync();
    }

    private byte[] TakeReceived()
    {
        ReadResult read;
        try
        {
            if (!_input.Reader.TryRead(out read))
            {
                return [];
            }
        }
        catch
        {
            // The client has broken off, and nobody else would close what is taken over.
            _socket.Close(0);
            throw;
        }

        var bytes = read.Buffer.ToArray();
        _input.Reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    private async Task ReceiveAsync()
    {
        Exception? error = null;
        try
        {
            // While a client is silent no buffer waits for it.
            do
            {
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            }
            while (TryReceive(out var flush) && !(await flush).IsCompleted);
        }
        catch (SocketException exception)
        {
            error = exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown
                ? new ConnectionResetException(exception.Message, exception)
                : new IOException(exception.Message, exception);
        }
        catch (ObjectDisposedException exception)
        {
            error = new ConnectionAbortedException("The connection was closed.", exception);
        }

        if (!_isTakenOver)
        {
            await _input.Writer.CompleteAsync(_shutdownReason ?? error);
            await Task.Run(TellClosed);
        }
    }

    /// <summary>Moves what has come into the pipe. False: nothing will come any more, or not to Kestrel.</summary>
    private bool TryReceive(out Task<FlushResult> flush)
    {
        flush = Task.FromResult(default(FlushResult));
        lock (_gate)
        {
            if (_isTakenOver)
            {
                return false;
            }

            var memory = _input.Writer.GetMemory(ReceiveSize);
            var count = _socket.Receive(memory.Span, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success when count == 0:
                    return false;
                case SocketError.Success:
                    _input.Writer.Advance(count);
                    flush = _input.Writer.FlushAsync().AsTask();
                    return true;
                case SocketError.WouldBlock:
                    return true;
                default:
                    throw new SocketException((int)error);
            }
        }
    }

    private async Task SendAsync()
    {
        Exception? error = null;
        try
        {
            while (await SendNextAsync())
            {
                // Until Kestrel is done.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            error = new ConnectionResetException(exception.Message, exception);
        }

        if (!_isTakenOver)
        {
            Shutdown(error);
            _input.Writer.CancelPendingFlush();
        }

        await _output.Reader.CompleteAsync(error);
    }

    private async ValueTask<bool> SendNextAsync()
    {
        var read = await _output.Reader.ReadAsync();
        foreach (var segment in read.IsCanceled ? default : read.Buffer)
        {
            for (var rest = segment; !rest.IsEmpty;)
            {
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None)..];
            }
        }

        _output.Reader.AdvanceTo(read.Buffer.End);
        return !read.IsCompleted && !read.IsCanceled;
    }

    private void Shutdown(Exception? reason)
    {
        lock (_gate)
        {
            if (_isShutDown || _isTakenOver)
            {
                return;
            }

            _isShutDown = true;
            _shutdownReason = reason ?? new ConnectionAbortedException("The connection was closed in good order.");
        }

        if (reason is not null)
        {
            // Cut off: what has not been sent is not waited for.
            _socket.Close(0);
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client was first.
        }

        _socket.Dispose();
    }

    private void TellClosed()
    {
        try
        {
            _closed.Cancel();
        }
        catch (Exception exception)
        {
            // Of whoever wanted to be told; to the connection it makes no difference.
            _log.ClosedCallbackFailed(exception);
        }
    }

    private static PipeOptions PipeOptionsOf(MemoryPool<byte> pool, PipeScheduler reader, PipeScheduler writer, long? limit) =>
        new(pool, reader, writer, limit ?? 0, (limit ?? 0) / 2, useSynchronizationContext: false);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
