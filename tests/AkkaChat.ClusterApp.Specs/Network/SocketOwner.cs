using System.Globalization;

namespace AkkaChat.ClusterApp.Specs.Network;

/// <summary>Which process has one end of a connection on this machine; knows Linux's /proc only.</summary>
internal static class SocketOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The one of the processes that has a connection from this local port to that remote one.</summary>
    public static int? Find(int localPort, int remotePort, IEnumerable<int> processes) =>
        InodeOf(localPort, remotePort) is { } inode ? processes.Cast<int?>().FirstOrDefault(process => Has(process!.Value, inode)) : null;

    private static string? InodeOf(int localPort, int remotePort) =>
        Tables.SelectMany(File.ReadLines)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => PortOf(columns[1]) == localPort && PortOf(columns[2]) == remotePort)
            .Select(columns => columns[9])
            .FirstOrDefault();

    /// <summary>Of an address such as 0100007F:1F90.</summary>
    private static int PortOf(string address) =>
        int.TryParse(address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) ? port : -1;

    private static bool Has(int process, string inode)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Any(file => TargetOf(file) == $"socket:[{inode}]");
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? TargetOf(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
