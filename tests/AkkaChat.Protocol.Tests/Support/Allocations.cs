namespace AkkaChat.Protocol.Tests.Support;

/// <summary>Counts what an action allocates on this thread, once it's warm.</summary>
internal static class Allocations
{
    /// <summary>
    /// What a refusal may cost whatever its input: an exception caught inside, its message, the reason.
    /// </summary>
    public const long Constant = 4096;

    private const int BytesPerInputByte = 16;
    private const int Runs = 3;

    /// <remarks>
    /// The least of several runs: what the runtime does once, at a time of its choosing, may fall into one of them.
    /// </remarks>
    public static long Of(Action action)
    {
        action(); // static fields, pooled arrays, first exceptions
        var least = long.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    public static void AreWithin(int inputLength, Action action) =>
        Assert.InRange(Of(action), 0, (BytesPerInputByte * (long)inputLength) + Constant);
}
