using System.Net.WebSockets;
using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Transports;
using AkkaChat.Web.Connections;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// The writing half of one WebSocket, and its end. It is the only one that writes: when woken it takes what the outbox
/// has and sends it; while there is nothing to send it costs no thread and no task. Where it has the connection's frame
/// writer it sends in the thread that wakes it, otherwise by way of the WebSocket class in a thread of the pool.
/// </summary>
internal sealed class WebSocketTransport(
    WebSocket socket, FrameWriter? frames, Outbox outbox, EngineDialect dialect)
    : ITransport, IThreadPoolWorkItem, IDisposable
{
    /// <summary>How long a client may take to read what is left when the connection is closed in good order.</summary>
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long it may take to read the close frame when the connection is cut off.</summary>
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(1);

    private static readonly ReadOnlyMemory<byte> LegacyBinaryPrefix = new[] { LegacyPacketCodec.BinaryPrefix };

    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningAndWoken = 2;

    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<WirePacket> _batch = [];
    private volatile WirePacket? _probeAnswer;
    private volatile CloseReason? _closing;
    private volatile bool _isCutOff;
    private int _state;
    private bool _hasSaidGoodbye;

    /// <inheritdoc/>
    public EngineTransport Kind => EngineTransport.WebSocket;

    /// <inheritdoc/>
    public bool IsReady => Volatile.Read(ref _state) == Idle;

    /// <summary>Cancelled when a connection that is being closed has had its time.</summary>
    public CancellationToken Lifetime => _lifetime.Token;

    /// <summary>Completes when nothing more will be written: the close frame has been, or the connection is broken.</summary>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public void Wake()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var next = state == Idle ? Running : RunningAndWoken;
            if (state == next || Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                if (state == Idle && frames is not null)
                {
                    _ = DrainAsync();
                }
                else if (state == Idle)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }

                return;
            }
        }
    }

    /// <inheritdoc/>
    public void SendProbeAnswer(WirePacket packet)
    {
        _probeAnswer = packet;
        Wake();
    }

    /// <inheritdoc/>
    public void Finish(CloseReason reason) => Close(reason, FinishLimit);

    /// <inheritdoc/>
    public void Abort(CloseReason reason)
    {
        _isCutOff = true;
        Close(reason, AbortLimit);
    }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private void Close(CloseReason reason, TimeSpan limit)
    {
        _closing ??= reason;
        try
        {
            _lifetime.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended by itself meanwhile.
            return;
        }

        Wake();
    }

    private async Task DrainAsync()
    {
        try
        {
            do
            {
                // What woke us came before this, so it is seen below.
                Interlocked.Exchange(ref _state, Running);
                await WriteAllAsync();
            }
            while (Interlocked.CompareExchange(ref _state, Idle, Running) != Running);
        }
        catch (Exception)
        {
            // The reading half sees the same end and reports it. Nothing is written any more: the state stays.
            AbortUnlessItEndedItself();
            _ended.TrySetResult();
        }
    }

    /// <summary>
    /// Over a broken frame the WebSocket class closes by itself. Its close frame may still be on its way, and aborting
    /// the connection would overtake it.
    /// </summary>
    private void AbortUnlessItEndedItself()
    {
        if (socket.State != WebSocketState.Aborted || _lifetime.IsCancellationRequested)
        {
            socket.Abort();
        }
    }

    private async Task WriteAllAsync()
    {
        if (_probeAnswer is { } answer)
        {
            _probeAnswer = null;
            await SendAsync([answer]);
        }

        while (!_isCutOff && outbox.Take(this, ref _batch) is > 0 and var bytes)
        {
            await SendAsync(_batch);
            _batch.Clear();
            outbox.Written(bytes);
        }

        if (_closing is { } reason && !_hasSaidGoodbye)
        {
            _hasSaidGoodbye = true;
            await socket.CloseOutputAsync((WebSocketCloseStatus)reason.WebSocketCode, reason.Text, _lifetime.Token);
            _ended.TrySetResult();
        }
    }

    private ValueTask SendAsync(List<WirePacket> packets) =>
        frames is null ? SendByClassAsync(packets) : frames.WriteAsync(packets, _lifetime.Token);

    private async ValueTask SendByClassAsync(List<WirePacket> packets)
    {
        foreach (var packet in packets)
        {
            await SendAsync(packet);
        }
    }

    private async ValueTask SendAsync(WirePacket packet)
    {
        for (var index = 0; index < packet.Messages.Length; index++)
        {
            var message = packet.Messages[index];
            var type = message.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            var flags = packet.Compress
                ? WebSocketMessageFlags.EndOfMessage
                : WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression;
            if (message.IsBinary && dialect.IsLegacy)
            {
                await SendLegacyBinaryAsync(message.Data, flags);
                continue;
            }

            await socket.SendAsync(message.Data, type, flags, _lifetime.Token);
        }
    }

    /// <summary>The type before the bytes is a fragment of its own, so that the bytes stay shared.</summary>
    private async ValueTask SendLegacyBinaryAsync(ReadOnlyMemory<byte> data, WebSocketMessageFlags flags)
    {
        if (!dialect.TakesBinary)
        {
            await socket.SendAsync(LegacyPacketCodec.ToBase64(data.Span), WebSocketMessageType.Text, flags, _lifetime.Token);
            return;
        }

        var more = flags & ~WebSocketMessageFlags.EndOfMessage;
        await socket.SendAsync(LegacyBinaryPrefix, WebSocketMessageType.Binary, more, _lifetime.Token);
        await socket.SendAsync(data, WebSocketMessageType.Binary, flags, _lifetime.Token);
    }
}
