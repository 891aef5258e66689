using System.Threading.Channels;
using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Transports;

namespace AkkaChat.Tests.Support;

/// <summary>A transport that writes into a list, in the thread that wakes it; on demand it writes nothing for a while.</summary>
internal sealed class RecordingTransport(Outbox outbox, EngineTransport kind = EngineTransport.WebSocket) : ITransport
{
    private readonly Lock _gate = new();
    private readonly Channel<string> _written = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<WirePacket> _batch = [];
    private volatile bool _isBlocked;

    public EngineTransport Kind => kind;

    public bool IsReady => !_isBlocked;

    /// <summary>What was written and not yet read by the test.</summary>
    public ChannelReader<string> Written => _written.Reader;

    /// <summary>Completes with how it ended: <c>finish</c> or <c>abort</c>, and the reason.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>From now on the client reads nothing.</summary>
    public void Block() => _isBlocked = true;

    /// <summary>The client reads again.</summary>
    public void Unblock()
    {
        _isBlocked = false;
        Wake();
    }

    public void Wake()
    {
        lock (_gate)
        {
            while (!_isBlocked && outbox.Take(this, ref _batch) is > 0 and var bytes)
            {
                Write(_batch);
                _batch.Clear();
                outbox.Written(bytes);
            }
        }
    }

    public void SendProbeAnswer(WirePacket packet) => Write([packet]);

    public void Finish(CloseReason reason)
    {
        Wake();
        _ended.TrySetResult("finish: " + reason.Text);
    }

    public void Abort(CloseReason reason) => _ended.TrySetResult("abort: " + reason.Text);

    private void Write(List<WirePacket> packets)
    {
        foreach (var text in Wire.Read(packets))
        {
            _written.Writer.TryWrite(text);
        }
    }
}
