using AkkaChat.Delivery;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

public sealed class OperationDeadlinesTests : IDisposable
{
    private static readonly TimeSpan EmitTimeout = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly RecordingLog _log = new();
    private readonly OperationDeadlines _deadlines;

    public OperationDeadlinesTests() => _deadlines = new OperationDeadlines(EmitTimeout, _time, new ServerLog(_log));

    public void Dispose()
    {
        _deadlines.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task An_operation_that_does_not_end_fails_at_its_deadline()
    {
        var operation = Watch();
        _time.Advance(TimeSpan.FromSeconds(4.7));
        Assert.False(operation.HasEnded);

        _time.Advance(TimeSpan.FromSeconds(0.6));
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => operation.Task.EndInTime());
        Assert.Contains("akkachat.emit-timeout", exception.Message, StringComparison.Ordinal);
        Assert.Contains("5 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_is_logged_since_perhaps_nobody_awaits_it()
    {
        Watch();
        Watch();
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(
            ["Warning: 2 emits, joins or leaves have failed: rooms did not take them within akkachat.emit-timeout (5 s)."],
            _log.Lines);
    }

    [Fact]
    public void What_has_ended_stays_as_it_ended()
    {
        var operation = Watch();
        operation.Done();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(operation.Task.IsCompletedSuccessfully);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Each_operation_has_a_deadline_of_its_own()
    {
        var first = Watch();
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = Watch();
        _time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.True(first.HasEnded);
        Assert.False(second.HasEnded);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(second.HasEnded);
    }

    [Fact]
    public void One_that_has_ended_behind_one_that_has_not_does_no_harm()
    {
        var stuck = Watch();
        Watch().Done();
        var last = Watch();
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.True(stuck.Task.IsFaulted);
        Assert.True(last.Task.IsFaulted);
    }

    [Fact]
    public async Task Many_threads_watch_and_end_operations_and_none_is_forgotten()
    {
        var stuck = new StubOperation[4];
        await Limit.RunAtOnce(4, number =>
        {
            for (var round = 0; round < 5000; round++)
            {
                var operation = Watch();
                if (round == 2500)
                {
                    stuck[number] = operation;
                }
                else
                {
                    operation.Done();
                }
            }
        });

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.All(stuck, operation => Assert.True(operation.Task.IsFaulted));
    }

    private StubOperation Watch()
    {
        var operation = new StubOperation("a");
        _deadlines.Watch(operation);
        return operation;
    }
}
