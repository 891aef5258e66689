namespace AkkaChat.Tests.Support;

/// <summary>No test waits for ever.</summary>
internal static class Limit
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    /// <summary>Waits for something that must happen.</summary>
    public static Task EndInTime(this Task task) => task.WaitAsync(Time);

    /// <inheritdoc cref="EndInTime(Task)"/>
    public static Task<T> EndInTime<T>(this Task<T> task) => task.WaitAsync(Time);

    /// <summary>Waits in this thread, for tests about threads.</summary>
    public static void WaitInTime(this ManualResetEventSlim signal) =>
        Assert.True(signal.Wait(Time), "What this thread waits for did not happen.");

    /// <summary>Looks again and again, between other work, until it is so.</summary>
    public static async Task WaitUntil(Func<bool> isSo)
    {
        var end = TimeProvider.System.GetTimestamp() + (long)(Time.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetTimestamp() < end, "What the test waits for did not happen.");
            await Task.Yield();
        }
    }

    /// <summary>Runs work in threads of its own, all at once, and waits for the end of all.</summary>
    public static Task RunAtOnce(int threads, Action<int> work)
    {
        var start = new Barrier(threads);
        var tasks = Enumerable.Range(0, threads).Select(number => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Time);
                work(number);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        return Task.WhenAll(tasks.ToArray()).EndInTime();
    }
}
