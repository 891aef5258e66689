namespace AkkaChat.Stores.Tests.Crash;

/// <summary>The assembly as a program: what the crash test starts and kills.</summary>
public static class Program
{
    public static Task Main(string[] args) => CrashingPublisher.RunAsync(args[0], int.Parse(args[1]));
}
