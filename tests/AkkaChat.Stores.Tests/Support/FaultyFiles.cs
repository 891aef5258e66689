using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AkkaChat.Stores.Tests.Support;

/// <summary>Files that cannot be written any more, as on a disk that fails.</summary>
internal static class FaultyFiles
{
    /// <summary>
    /// Whoever of this process has the file open can read it and not write it: each of its descriptors becomes one for reading.
    /// Whoever opens it again can do both.
    /// </summary>
    public static void Break(string path)
    {
        using var reading = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var readOnly = (int)reading.DangerousGetHandle();
        var open = OpenDescriptors(path).Where(descriptor => descriptor != readOnly).ToList();
        Assert.NotEmpty(open);
        foreach (var descriptor in open)
        {
            if (dup2(readOnly, descriptor) < 0)
            {
                throw new Win32Exception();
            }
        }
    }

    /// <summary>How often this process has the file open.</summary>
    public static int CountOpen(string path) => OpenDescriptors(path).Count();

    private static IEnumerable<int> OpenDescriptors(string path) =>
        from descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd")
        where TargetOf(descriptor) == path
        select int.Parse(Path.GetFileName(descriptor), System.Globalization.CultureInfo.InvariantCulture);

    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            // Closed meanwhile, by another test.
            return null;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int dup2(int from, int to);
}
