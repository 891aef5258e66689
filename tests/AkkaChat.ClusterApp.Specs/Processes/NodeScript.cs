using System.Diagnostics;

namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>Scripts of tests/node-client/cluster, as processes.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(2);

    public static ChildProcess Start(string name, string script, IEnumerable<string> arguments, Func<string, bool> read) =>
        ChildProcess.Start(
            name, "node", [Path.Combine(Repository.NodeClient, "cluster", script), .. arguments], new Dictionary<string, string>(), read);

    /// <summary>Installs the stock clients if nobody has yet.</summary>
    public static async Task InstallAsync()
    {
        if (File.Exists(Path.Combine(Repository.NodeClient, "node_modules", ".package-lock.json")))
        {
            return;
        }

        using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--loglevel=error"]) { WorkingDirectory = Repository.NodeClient })!;
        await install.WaitForExitAsync().WaitAsync(InstallLimit);
        Assert.True(install.ExitCode == 0, "'npm ci' failed in tests/node-client.");
    }
}
