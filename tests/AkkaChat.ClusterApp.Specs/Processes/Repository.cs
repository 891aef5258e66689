namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>Where the programs are that these tests start.</summary>
internal static class Repository
{
    /// <summary>The built node, of the same feed and configuration: artifacts/FEED/bin/PROJECT/CONFIGURATION.</summary>
    public static string ClusterApp { get; } = FindClusterApp();

    public static string NodeClient { get; } = Path.Combine(FindRoot(), "tests", "node-client");

    private static string FindClusterApp()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "AkkaChat.ClusterApp", own.Name, "AkkaChat.ClusterApp.dll");
        Assert.True(File.Exists(program), $"The node is not built: there is no {program}.");
        return program;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AkkaChat.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
