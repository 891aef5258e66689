using System.Threading.Channels;
using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Specs.Sessions;

/// <summary>What a session serves in these specs: it keeps what it gets, and fails on demand.</summary>
internal sealed class StubApplication : ISessionApplication
{
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private ISessionHost? _host;

    public bool IsIdle { get; set; } = true;

    public TimeSpan? NextDeadline => null;

    public bool FailsAtTheEnd { get; set; }

    /// <summary>The reason of the session's end.</summary>
    public Task<string> Closed => _closed.Task;

    public ChannelReader<string> Messages => _messages.Reader;

    public int Completed { get; private set; }

    public ISessionApplication Attach(ISessionHost host)
    {
        _host = host;
        return this;
    }

    public void OnOpened()
    {
    }

    public void OnMessage(in EnginePacket message)
    {
        var text = System.Text.Encoding.UTF8.GetString(message.Data.Span);
        if (text == "fail")
        {
            throw new InvalidOperationException("The application fails.");
        }

        _messages.Writer.TryWrite(text);
        _host!.Session.Window.Release(message.Data.Length);
    }

    public void OnTick(TimeSpan now)
    {
    }

    public void OnHandlerCompleted(object queue)
    {
        Completed++;
        IsIdle = true;
    }

    public void OnDisconnectSocket(Socket socket, bool close, Operation operation) => operation.Done();

    public void OnClosed(CloseReason reason)
    {
        _closed.TrySetResult(reason.Text);
        if (FailsAtTheEnd)
        {
            throw new InvalidOperationException("The application fails at the end too.");
        }
    }
}
