namespace AkkaChat.Examples.Tests;

/// <summary>Nothing in these tests waits for ever.</summary>
internal static class Limit
{
    /// <summary>How long an example may take to start, on a busy machine too.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);
}
