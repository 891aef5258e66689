namespace AkkaChat.Testing.Connections;

/// <summary>A limit in real time, for what a test waits for. Not thread-safe.</summary>
internal sealed class Deadline(TimeSpan limit)
{
    private const int QuickTries = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _pauses;

    public TimeSpan Rest => limit - TimeProvider.System.GetElapsedTime(_start);

    public bool IsOver => Rest <= TimeSpan.Zero;

    /// <summary>Lets others run before a condition is looked at again; longer, the longer it is not met.</summary>
    public async Task PauseAsync()
    {
        if (++_pauses <= QuickTries)
        {
            await Task.Yield();
            return;
        }

        var pause = TimeSpan.FromMilliseconds(_pauses - QuickTries);
        await Task.Delay(pause < LongestPause ? pause : LongestPause, TimeProvider.System);
    }

    /// <summary>Waits for a task; false if the limit comes first. The task's own outcome is not looked at.</summary>
    public async Task<bool> WaitAsync(Task task)
    {
        var rest = Rest;
        if (!task.IsCompleted && rest > TimeSpan.Zero)
        {
            using var over = new CancellationTokenSource();
            await Task.WhenAny(task, Task.Delay(rest, TimeProvider.System, over.Token));
            await over.CancelAsync();
        }

        return task.IsCompleted;
    }
}
