namespace AkkaChat.Web.Tests.Support;

/// <summary>Nothing in these tests waits for ever.</summary>
internal static class Limit
{
    /// <summary>Far longer than anything takes that is not broken, on a busy machine too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Within which input that breaks the protocol must have ended its connection.</summary>
    public static readonly TimeSpan Punishment = TimeSpan.FromSeconds(2);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);
}
