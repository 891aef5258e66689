namespace AkkaChat.ClusterApp.Specs.Processes;

internal static class Waiting
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until it is so; fails, and says what was waited for, after the limit.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan limit, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var looks = new PeriodicTimer(LookEvery);
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < limit, $"Not within {limit.TotalSeconds} s: {what}.");
            await looks.WaitForNextTickAsync();
        }
    }
}
