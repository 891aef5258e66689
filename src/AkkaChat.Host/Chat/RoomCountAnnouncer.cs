namespace AkkaChat.Host.Chat;

/// <summary>
/// Tells everybody how many are in which room, soon after a change but not after every change: when a server restarts,
/// all its people enter their rooms within a second. Thread-safe.
/// </summary>
internal sealed class RoomCountAnnouncer(TimeProvider time, Func<Task> announce)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private int _isDue;

    /// <summary>Something has changed.</summary>
    public void Changed()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
        {
            Background.Run(AnnounceSoonAsync);
        }
    }

    private async Task AnnounceSoonAsync()
    {
        await Task.Delay(Pause, time);

        // Before the counts are taken: a change after this moment makes another announcement due.
        Volatile.Write(ref _isDue, 0);
        await announce();
    }
}
