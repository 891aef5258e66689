namespace AkkaChat.Stores.Tests.Support;

/// <summary>Waits for a condition, with a limit.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, "It did not become true in time.");
            await Task.Yield();
        }
    }
}
