namespace AkkaChat.Nodes;

/// <summary>Does something to many, one after the other over a time, in an order of chance.</summary>
internal static class Paced
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Completes at the end of the time, or at once if there is none: then all have their turn now.</summary>
    public static async Task ForEachAsync<T>(T[] items, TimeSpan over, TimeProvider time, Action<T> action)
    {
        Random.Shared.Shuffle(items);
        var steps = Math.Max(1, (int)(over / Step));
        for (var step = 0; step < steps; step++)
        {
            var (from, to) = ((long)items.Length * step / steps, (long)items.Length * (step + 1) / steps);
            Array.ForEach(items[(int)from..(int)to], action);
            await Task.Delay(over / steps, time);
        }
    }
}
