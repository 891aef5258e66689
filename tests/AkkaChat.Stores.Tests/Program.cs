using AkkaChat.Stores.Tests.Crash;
using AkkaChat.Stores.Tests.Measuring;

namespace AkkaChat.Stores.Tests;

/// <summary>
/// The assembly as a program: <c>crash file publishers</c> is what the crash test starts and kills; <c>measure folder</c>
/// says how many messages a second each store takes, one by one and in groups.
/// </summary>
public static class Program
{
    public static Task Main(string[] args) => args switch
    {
        ["crash", var file, var publishers] => CrashingPublisher.RunAsync(file, int.Parse(publishers)),
        ["measure", var folder] => GroupCommit.MeasureAsync(folder),
        _ => throw new ArgumentException("Usage: crash <file> <publishers> | measure <folder>", nameof(args)),
    };
}
