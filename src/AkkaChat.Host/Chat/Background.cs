namespace AkkaChat.Host.Chat;

/// <summary>Work that no handler waits for.</summary>
internal static class Background
{
    /// <summary>
    /// Runs it outside the flow of the current handler, whose ack would otherwise wait for what it emits. A room that
    /// does not answer in time is nothing to end the process for: the next change tells people what they missed.
    /// </summary>
    public static void Run(Func<Task> work)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(work));
        }
    }

    private static async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (TimeoutException)
        {
            // The server has logged it.
        }
    }
}
