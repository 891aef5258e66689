namespace AkkaChat.ClusterApp;

/// <summary>If the tests that started this node are killed, it must not stay: it ends when its standard input does.</summary>
internal static class EndsWithStandardInput
{
    public static void Watch(IHostApplicationLifetime lifetime)
    {
        if (Console.IsInputRedirected)
        {
            _ = EndAsync(lifetime);
        }
    }

    private static async Task EndAsync(IHostApplicationLifetime lifetime)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null, lifetime.ApplicationStopping);
        Environment.Exit(1);
    }
}
