using Akka.Dispatch;

namespace AkkaChat.Dispatch;

/// <summary>
/// Runs mailboxes on the thread pool. A message that one run sends makes the next run, and that one goes on in the same
/// thread: an event so goes from its socket to its session, its room and the outboxes without waiting in a queue or
/// waking another thread. Only one run waits so at a time; others go to the pool, where any thread may take them, as does
/// all that an actor sets going that runs the application's code: whoever blocks a thread must not keep others from
/// theirs. What
/// all runs of one piece of work put into outboxes is written at its end (<see cref="WakeBatch"/>).
/// </summary>
internal static class MailboxRuns
{
    /// <summary>So many runs follow each other in one thread before others get their turn.</summary>
    private const int Limit = 8;

    [ThreadStatic]
    private static IRunnable? _next;

    [ThreadStatic]
    private static bool _runsApplication;

    /// <summary>Until the end of the current run its thread may be blocked by the application's code.</summary>
    public static void BeginApplication() => _runsApplication = true;

    /// <summary>Takes a run: next in this thread if it is working off runs, else by the pool.</summary>
    public static void Schedule(IRunnable run)
    {
        if (WakeBatch.IsOpen && !_runsApplication && _next is null)
        {
            _next = run;
        }
        else
        {
            Queue(run);
        }
    }

    /// <summary>
    /// Runs a piece of code that is at the bottom of a thread of the pool, and then the mailbox that it has woken.
    /// </summary>
    public static void Enter<T>(T state, Action<T> code)
    {
        if (WakeBatch.IsOpen)
        {
            code(state);
            return;
        }

        WakeBatch.Begin();
        try
        {
            code(state);
        }
        finally
        {
            RunOn();
        }
    }

    private static void Queue(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(new Work(run), preferLocal: false);

    private static void RunOn()
    {
        try
        {
            for (var left = Limit; _next is { } run && left > 0; left--)
            {
                _next = null;
                run.Run();
                _runsApplication = false;
            }
        }
        finally
        {
            _runsApplication = false;
            if (_next is { } rest)
            {
                _next = null;
                Queue(rest);
            }

            WakeBatch.End();
        }
    }

    private sealed class Work(IRunnable run) : IThreadPoolWorkItem
    {
        /// <inheritdoc/>
        public void Execute()
        {
            WakeBatch.Begin();
            _next = run;
            RunOn();
        }
    }
}
