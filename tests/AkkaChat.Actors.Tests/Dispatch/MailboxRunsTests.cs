using Akka.Dispatch;
using AkkaChat.Dispatch;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Dispatch;

public class MailboxRunsTests
{
    [ThreadStatic]
    private static bool _isWithin;

    [Fact]
    public void What_a_piece_of_work_sets_going_follows_it_in_the_same_thread()
    {
        List<string> order = [];
        MailboxRuns.Enter(order, seen =>
        {
            MailboxRuns.Schedule(new Run(() => seen.Add("run")));
            seen.Add("work");
        });

        Assert.Equal(["work", "run"], order);
    }

    [Fact]
    public void A_run_that_sets_the_next_one_going_is_followed_by_it()
    {
        List<string> order = [];
        MailboxRuns.Enter(order, seen => MailboxRuns.Schedule(new Run(() =>
        {
            MailboxRuns.Schedule(new Run(() => seen.Add("second")));
            seen.Add("first");
        })));

        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public async Task Where_one_run_is_next_already_others_go_to_the_pool()
    {
        var other = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = false;
        _isWithin = true;
        MailboxRuns.Enter(0, _ =>
        {
            MailboxRuns.Schedule(new Run(() => next = _isWithin));
            MailboxRuns.Schedule(new Run(() => other.SetResult(_isWithin)));
        });
        _isWithin = false;

        Assert.True(next);
        Assert.False(await other.Task.WaitAsync(Limit.Time));
    }

    [Fact]
    public async Task What_is_set_going_while_the_application_may_block_goes_to_the_pool()
    {
        var other = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _isWithin = true;
        MailboxRuns.Enter(0, _ => MailboxRuns.Schedule(new Run(() =>
        {
            MailboxRuns.BeginApplication();
            MailboxRuns.Schedule(new Run(() => other.SetResult(_isWithin)));
        })));
        _isWithin = false;

        Assert.False(await other.Task.WaitAsync(Limit.Time));
    }

    [Fact]
    public async Task Runs_that_go_on_for_ever_let_others_have_their_turn()
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var inFirstGo = 0;
        var isFirstGo = true;
        var firstThread = Environment.CurrentManagedThreadId;
        void Again()
        {
            // What comes after the first go may begin on another thread before this one has noticed its end.
            if (isFirstGo && Environment.CurrentManagedThreadId == firstThread)
            {
                inFirstGo++;
                MailboxRuns.Schedule(new Run(Again));
            }
            else
            {
                ended.TrySetResult(inFirstGo);
            }
        }

        MailboxRuns.Enter<Action>(Again, again => MailboxRuns.Schedule(new Run(again)));
        isFirstGo = false;
        Assert.InRange(await ended.Task.WaitAsync(Limit.Time), 1, 100);
    }

    [Fact]
    public async Task A_failure_loses_nothing_that_was_to_follow()
    {
        var followed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.Throws<InvalidOperationException>(() => MailboxRuns.Enter(0, _ => MailboxRuns.Schedule(new Run(() =>
        {
            MailboxRuns.Schedule(new Run(followed.SetResult));
            throw new InvalidOperationException("on purpose");
        }))));

        await followed.Task.WaitAsync(Limit.Time);
        Assert.False(WakeBatch.IsOpen);
    }

    private sealed class Run(Action action) : IRunnable
    {
        void IRunnable.Run() => action();

        public void Execute() => action();
    }
}
