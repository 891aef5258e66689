using AkkaChat.Delivery;
using AkkaChat.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Tests.Delivery;

/// <summary>Calls and ends in any order: what has started is always what the rule says, in call order.</summary>
public class OperationScopeModelTests
{
    [Fact]
    public void Operations_start_in_call_order_and_only_those_of_one_room_overlap()
    {
        var steps = Gen.Choose(0, 7).ListOf();
        Properties.ForAll(steps, list => new Run().Play(list));
    }

    [Fact]
    public async Task With_rooms_in_threads_of_their_own_call_order_still_holds()
    {
        for (var round = 0; round < 200; round++)
        {
            await CallFromHandler();
        }
    }

    private static async Task CallFromHandler()
    {
        var scope = new OperationScope();
        OperationScope.Current = scope;
        var order = new List<int>();
        for (var number = 0; number < 20; number++)
        {
            var current = number;
            _ = OperationScope.Run(new StubOperation($"room {number / 3}", operation =>
            {
                lock (order)
                {
                    order.Add(current);
                }

                ThreadPool.UnsafeQueueUserWorkItem(_ => operation.Done(), null);
            }));
        }

        await scope.CloseAsync().AsTask().EndInTime();
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    private sealed class Run
    {
        private readonly OperationScope _scope = new();
        private readonly List<int> _started = [];
        private readonly List<(int Number, string? Room, StubOperation Operation)> _all = [];

        public void Play(IEnumerable<int> steps)
        {
            OperationScope.Current = _scope;
            foreach (var step in steps)
            {
                if (step < 5)
                {
                    Call(step == 0 ? null : step < 3 ? "a" : "b");
                }
                else
                {
                    EndOne(step);
                }

                Check();
            }

            OperationScope.Current = null;
        }

        private void Call(string? room)
        {
            var number = _all.Count;
            var operation = new StubOperation(room, _ => _started.Add(number));
            _all.Add((number, room, operation));
            _ = OperationScope.Run(operation);
        }

        private void EndOne(int step)
        {
            var running = _all.Where(entry => entry.Operation is { HasStarted: true, HasEnded: false }).ToList();
            if (running.Count > 0)
            {
                running[step % running.Count].Operation.Done();
            }
        }

        private void Check()
        {
            Assert.Equal(Enumerable.Range(0, _started.Count), _started);
            var running = _all.Where(entry => entry.Operation is { HasStarted: true, HasEnded: false }).ToList();
            Assert.True(running.Count <= 1 || running.All(entry => entry.Room is not null && entry.Room == running[0].Room));
            var next = _all.FirstOrDefault(entry => !entry.Operation.HasStarted);
            if (next.Operation is not null)
            {
                Assert.NotEmpty(running);
                Assert.True(next.Room is null || next.Room != running[0].Room, "It could have started.");
            }
        }
    }
}
