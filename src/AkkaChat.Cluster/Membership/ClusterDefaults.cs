using Akka.Configuration;

namespace AkkaChat.Membership;

/// <summary>Akka.NET's settings for a node of a cluster: <c>hocon/cluster.conf</c>.</summary>
internal static class ClusterDefaults
{
    public static Config Akka { get; } = ConfigurationFactory.ParseString(Read());

    private static string Read()
    {
        using var stream = typeof(ClusterDefaults).Assembly.GetManifestResourceStream("cluster.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
