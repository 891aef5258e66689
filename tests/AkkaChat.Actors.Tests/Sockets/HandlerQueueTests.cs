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

        _queue.Complete(first);
        Assert.True(_queue.TryStart(out run));
        Assert.Same(second, run);
    }

    [Fact]
    public void It_is_idle_when_nothing_runs_or_waits()
    {
        Assert.True(_queue.IsIdle);
        _queue.Add(new StubRun());
        Assert.False(_queue.IsIdle);
        _queue.TryStart(out var run);
        Assert.False(_queue.IsIdle);
        _queue.Complete(run);
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
        Assert.False(_queue.IsIdle);
        _queue.Complete(running);
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public void Concurrent_runs_of_one_kind_overlap_up_to_their_limit()
    {
        var kind = new object();
        StubRun[] runs = [new(2, kind), new(2, kind), new(2, kind)];
        Array.ForEach(runs, _queue.Add);

        Assert.True(_queue.TryStart(out _));
        Assert.True(_queue.TryStart(out var second));
        Assert.False(_queue.TryStart(out _));
        _queue.Complete(second);
        Assert.True(_queue.TryStart(out var third));
        Assert.Same(runs[2], third);
    }

    [Fact]
    public void A_run_that_overlaps_with_nothing_waits_for_concurrent_ones_and_they_for_it()
    {
        var first = new StubRun(9, new object());
        var alone = new StubRun();
        var last = new StubRun(9, new object());
        Array.ForEach([first, alone, last], _queue.Add);

        Assert.True(_queue.TryStart(out _));
        Assert.False(_queue.TryStart(out _));
        _queue.Complete(first);
        Assert.True(_queue.TryStart(out var run));
        Assert.Same(alone, run);
        Assert.False(_queue.TryStart(out _));
        _queue.Complete(alone);
        Assert.True(_queue.TryStart(out run));
        Assert.Same(last, run);
    }

    private sealed class StubRun(int concurrency = 1, object? kind = null) : IHandlerRun
    {
        public int Concurrency { get; } = concurrency;

        public object? Kind { get; } = kind;

        public int Size => 0;

        public ValueTask RunAsync() => ValueTask.CompletedTask;

        public void OnEnded(bool hasRun)
        {
        }
    }
}
