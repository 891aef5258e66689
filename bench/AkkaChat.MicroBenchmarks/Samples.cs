using System.Text;

namespace AkkaChat.MicroBenchmarks;

/// <summary>The messages of the benchmark's little application.</summary>
internal static class Samples
{
    public const string Namespace = "/bench";

    /// <summary>128 characters, as the load generator sends them.</summary>
    public static string Payload { get; } = new('x', 128);

    /// <summary>What follows the Engine.IO digit.</summary>
    public static byte[] ChatEvent { get; } =
        Encoding.UTF8.GetBytes($$"""2/bench,["chat",{"room":"room-0001","msg":"{{Payload}}"}]""");

    /// <summary>The same, with its acknowledgement wanted.</summary>
    public static byte[] EchoEvent { get; } = Encoding.UTF8.GetBytes($"""2/bench,7["echo","{Payload}"]""");
}
