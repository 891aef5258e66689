using AkkaChat.Sockets;

namespace AkkaChat.Tests.Sockets;

public class HandlerQueueTests
{
    private readonly HandlerQueue _queue = new(null!);

    [Fact]
    public void Handlers_start_one_at_a_time_in_order()
    {
        var first = new StubRun();
        var second = new StubRun();
        _queue.Add(first);
        _queue.Add(second);

        Assert.True(_queue.TryStart(out var run));
        Assert.Same(first, run);
        Assert.False(_queue.TryStart(out _));

        Assert.Same(first, _queue.Complete());
        Assert.True(_queue.TryStart(out run));
        Assert.Same(second, run);
    }

    [Fact]
    public void It_is_idle_when_nothing_runs_or_waits()
    {
        Assert.True(_queue.IsIdle);
        _queue.Add(new StubRun());
        Assert.False(_queue.IsIdle);
        _queue.TryStart(out _);
        Assert.False(_queue.IsIdle);
        _queue.Complete();
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public void To_clear_takes_out_what_waits_and_leaves_what_runs()
    {
        var running = new StubRun();
        var waiting = new StubRun();
        _queue.Add(running);
        _queue.Add(waiting);
        _queue.TryStart(out _);

        Assert.Equal([waiting], _queue.Clear());
        Assert.Same(running, _queue.Complete());
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public void To_complete_nothing_is_harmless() => Assert.Null(_queue.Complete());

    private sealed class StubRun : IHandlerRun
    {
        public int Size => 0;

        public ValueTask RunAsync() => ValueTask.CompletedTask;

        public void OnEnded(bool hasRun)
        {
        }
    }
}
