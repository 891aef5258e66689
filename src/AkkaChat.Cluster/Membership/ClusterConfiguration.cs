using System.Globalization;
using Akka.Configuration;
using AkkaChat.Settings;

namespace AkkaChat.Membership;

/// <summary>
/// Akka.NET's settings of a node: the configuration as it was loaded, over what follows from AkkaChat's own settings, over
/// <c>hocon/cluster.conf</c>.
/// </summary>
internal static class ClusterConfiguration
{
    /// <summary>What may wait in a room (8 MB), with its envelope.</summary>
    private const int Window = 9 << 20;

    /// <summary>The largest single emit, whatever clients may send.</summary>
    private const int LeastPublication = 15 << 20;

    /// <summary>The bytes of the largest emit that can cross the wire: twice what a client may send, 15 MiB at least.</summary>
    public static int LargestPublication(int maxPayload) => Math.Max(LeastPublication, 2 * maxPayload);

    public static Config Of(Config loaded, AkkaChatSettings settings)
    {
        var node = settings.Cluster.Node!;
        var frame = Window + LargestPublication(settings.MaxPayload);
        var own = ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
            akka {
              cluster.roles = ["{{new ClusterApplication(settings.Cluster.Application).Role}}"]
              remote.dot-netty.tcp {
                hostname = "{{node.Address}}"
                port = {{node.Port}}
                public-hostname = "{{node.Address}}"
                public-port = {{node.Port}}
                maximum-frame-size = {{frame}}b
              }
            }
            """));
        return loaded.WithFallback(own).WithFallback(ClusterDefaults.Akka);
    }
}
