namespace AkkaChat.Cluster.Specs.Support;

/// <summary>Waits for what becomes true by itself.</summary>
internal static class Eventually
{
    /// <summary>Far longer than anything takes that is not broken, on a busy machine too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static async Task Is(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(LookEvery);
        var from = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience, $"In time: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
