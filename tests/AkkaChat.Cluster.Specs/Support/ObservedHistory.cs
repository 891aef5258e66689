using AkkaChat.Cluster.Tests.Histories;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>A history that many threads write, and that tells who waits when it has changed.</summary>
internal sealed class ObservedHistory
{
    private readonly Lock _gate = new();
    private readonly RoomHistory _history = new();
    private TaskCompletionSource _changed = New();

    public T Read<T>(Func<RoomHistory, T> read)
    {
        lock (_gate)
        {
            return read(_history);
        }
    }

    public void Write(Action<RoomHistory> write)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            write(_history);
            (changed, _changed) = (_changed, New());
        }

        changed.SetResult();
    }

    /// <summary>Waits until it is so; looks whenever something has happened.</summary>
    public async Task Until(Func<RoomHistory, bool> isSo, string what)
    {
        var end = TimeProvider.System.GetTimestamp() + (20 * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            var changed = Read(_ => _changed.Task);
            if (Read(isSo))
            {
                return;
            }

            var left = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), end);
            await Task.WhenAny(changed, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero));
            Assert.True(Read(isSo) || TimeProvider.System.GetTimestamp() < end, $"Not in time: {what}. {Read(Describe)}");
        }
    }

    public void AssertSound() => Assert.Empty(Read(history => HistoryChecker.Check(history, window: 1_024)));

    private static string Describe(RoomHistory history) =>
        string.Join("; ", history.Views.Select(view => $"{view.Client}: {view.Contents.Count}"))
        + "; " + string.Join(", ", history.Publishes.Values.CountBy(publish => publish.Outcome).Select(count => $"{count.Value} {count.Key}"));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
