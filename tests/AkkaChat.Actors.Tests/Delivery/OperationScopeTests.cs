using AkkaChat.Delivery;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

public sealed class OperationScopeTests : IDisposable
{
    private readonly OperationScope _scope = new();

    public OperationScopeTests() => OperationScope.Current = _scope;

    public void Dispose() => OperationScope.Current = null;

    [Fact]
    public void An_operation_starts_when_the_one_before_it_has_ended()
    {
        var first = Run("a");
        var second = Run("b");
        var third = Run(null);
        Assert.True(first.HasStarted);
        Assert.False(second.HasStarted);

        first.Done();
        Assert.True(second.HasStarted);
        Assert.False(third.HasStarted);

        second.Done();
        Assert.True(third.HasStarted);
    }

    [Fact]
    public void Operations_on_one_room_start_without_waiting_for_each_other()
    {
        Assert.True(Run("a").HasStarted);
        Assert.True(Run("a").HasStarted);
        Assert.True(Run("a").HasStarted);
    }

    [Fact]
    public void An_operation_on_the_running_room_does_not_overtake_one_that_waits()
    {
        var first = Run("a");
        var other = Run("b");
        var again = Run("a");
        Assert.False(again.HasStarted);

        first.Done();
        Assert.True(other.HasStarted);
        Assert.False(again.HasStarted);

        other.Done();
        Assert.True(again.HasStarted);
    }

    [Fact]
    public void Operations_on_one_room_that_wait_start_together()
    {
        var first = Run("a");
        StubOperation[] waiting = [Run("b"), Run("b"), Run("b"), Run("c")];

        first.Done();
        Assert.Equal([true, true, true, false], waiting.Select(operation => operation.HasStarted));
    }

    [Fact]
    public void Operations_without_a_single_room_run_alone()
    {
        var first = Run(null);
        var second = Run(null);
        Assert.False(second.HasStarted);

        first.Done();
        Assert.True(second.HasStarted);
    }

    [Fact]
    public void A_failure_lets_the_next_one_start()
    {
        var first = Run("a");
        var second = Run("b");
        first.Fail(new TimeoutException());

        Assert.True(second.HasStarted);
    }

    [Fact]
    public void An_operation_that_cannot_start_fails_and_blocks_nothing()
    {
        var first = Run("a");
        var broken = new StubOperation("b", _ => throw new InvalidOperationException("broken"));
        var task = OperationScope.Run(broken);
        var third = Run("c");
        first.Done();

        Assert.True(task.IsFaulted);
        Assert.True(third.HasStarted);
    }

    [Fact]
    public async Task Closing_waits_for_all_that_was_begun_awaited_or_not()
    {
        var first = Run("a");
        var second = Run("b");
        var closed = Close();

        first.Done();
        Assert.False(closed.IsCompleted);
        second.Fail(new TimeoutException());
        await closed.EndInTime();
    }

    [Fact]
    public void Closing_an_idle_scope_waits_for_nothing()
    {
        Run("a").Done();
        Assert.True(Close().IsCompletedSuccessfully);
    }

    [Fact]
    public void Background_code_that_runs_on_after_the_handler_works_without_the_scope()
    {
        var first = Run("a");
        var closed = Close();
        var late = Run("b");

        Assert.True(late.HasStarted);
        Assert.False(closed.IsCompleted);
        first.Done();
        Assert.False(late.HasEnded);
    }

    [Fact]
    public void Without_a_scope_everything_starts_at_once()
    {
        OperationScope.Current = null;

        Assert.True(Run("a").HasStarted);
        Assert.True(Run("b").HasStarted);
    }

    [Fact]
    public void An_operation_called_while_an_earlier_one_is_being_started_comes_after_it()
    {
        var order = new List<string>();
        using var isStarting = new ManualResetEventSlim();
        using var hasCalled = new ManualResetEventSlim();
        var first = Run("a");
        _ = OperationScope.Run(new StubOperation("b", _ =>
        {
            isStarting.Set();
            hasCalled.WaitInTime();
            Note("earlier");
        }));

        // The room that ends the first operation starts the second, in a thread of its own ...
        var room = new Thread(first.Done);
        room.Start();
        isStarting.WaitInTime();

        // ... and the handler goes on meanwhile.
        _ = OperationScope.Run(new StubOperation("b", _ => Note("later")));
        hasCalled.Set();
        Assert.True(room.Join(Limit.Time));

        Assert.Equal(["earlier", "later"], order);

        void Note(string what)
        {
            lock (order)
            {
                order.Add(what);
            }
        }
    }

    [Fact]
    public async Task Very_many_operations_that_wait_need_no_deep_stack()
    {
        var first = Run("a");
        var order = new List<int>();
        for (var number = 0; number < 100_000; number++)
        {
            var current = number;
            _ = OperationScope.Run(new StubOperation(null, operation =>
            {
                order.Add(current);
                operation.Done();
            }));
        }

        var closed = Close();
        first.Done();
        await closed.EndInTime();
        Assert.Equal(Enumerable.Range(0, 100_000), order);
    }

    [Fact]
    public void A_synchronous_operation_leaves_nothing_behind()
    {
        for (var number = 0; number < 3; number++)
        {
            Assert.True(OperationScope.Run(new StubOperation(null, operation => operation.Done())).IsCompleted);
        }

        Assert.True(Close().IsCompletedSuccessfully);
    }

    private Task Close() => _scope.CloseAsync().AsTask();

    private static StubOperation Run(string? room)
    {
        var operation = new StubOperation(room);
        _ = OperationScope.Run(operation);
        return operation;
    }
}
