using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Transports;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// The writing half of one WebSocket, and its end. It is the only one that writes: when woken it takes what the outbox
/// has and sends it: in the thread that wakes it where that is cheap, else in one of the pool; while there is nothing to
/// send it costs no thread and no task.
/// </summary>
internal sealed class WebSocketTransport(IWebSocketConnection connection, Outbox outbox)
    : ITransport, IThreadPoolWorkItem, IDisposable
{
    /// <summary>How long a client may take to read what is left when the connection is closed in good order.</summary>
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long it may take to read the close frame when the connection is cut off.</summary>
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(1);

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
                if (state == Idle && connection.WritesInCallersThread)
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
        if (!connection.HasClosedItself || _lifetime.IsCancellationRequested)
        {
            connection.Abort();
        }
    }

    private async Task WriteAllAsync()
    {
        if (_probeAnswer is { } answer)
        {
            _probeAnswer = null;
            await connection.WriteAsync([answer], _lifetime.Token);
        }

        while (!_isCutOff && outbox.Take(this, ref _batch) is > 0 and var bytes)
        {
            await connection.WriteAsync(_batch, _lifetime.Token);
            _batch.Clear();
            outbox.Written(bytes);
        }

        if (_closing is { } reason && !_hasSaidGoodbye)
        {
            _hasSaidGoodbye = true;
            await connection.CloseOutputAsync(reason, _lifetime.Token);
            _ended.TrySetResult();
        }
    }
}
