namespace AkkaChat.Bench.Tests;

/// <summary>What was built beside this assembly, in the same configuration.</summary>
internal static class Built
{
    private const string Server = "AkkaChat.Bench.Server";

    /// <summary>The application that is measured.</summary>
    public static string Application { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", Server, new DirectoryInfo(AppContext.BaseDirectory).Name, Server));
}
