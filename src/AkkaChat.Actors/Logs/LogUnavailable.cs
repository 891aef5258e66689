namespace AkkaChat.Logs;

/// <summary>
/// What a handler is told when a log cannot be used. Let through, it becomes an error ack that the client's program can read.
/// </summary>
internal static class LogUnavailable
{
    public const string Code = "log_unavailable";

    public static EventException Of(Exception cause) => new("The room's log is not available now.", cause) { Code = Code };

    /// <summary>No node writes at this moment.</summary>
    public static EventException Moving() => Of(new InvalidOperationException(
        "The room logs are moving to another node of the cluster, which takes a moment."));

    /// <summary>Awaits an operation on a log.</summary>
    public static async Task OrThrowAsync(Task operation)
    {
        try
        {
            await operation;
        }
        catch (TimeoutException exception)
        {
            throw Of(exception);
        }
    }
}
