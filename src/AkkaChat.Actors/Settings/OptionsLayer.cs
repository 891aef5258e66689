using System.Globalization;
using System.Text;
using Akka.Configuration;

namespace AkkaChat.Settings;

/// <summary>Turns options set in code into a layer of configuration, so that they are checked as all others are.</summary>
internal static class OptionsLayer
{
    public static Config From(AkkaChatOptions options)
    {
        var hocon = new StringBuilder("akkachat {\n");
        Add(hocon, "path", options.Path, Quote);
        Add(hocon, "transports", options.Transports, List);
        Add(hocon, "allow-upgrades", options.AllowUpgrades, Switch);
        Add(hocon, "allow-eio3", options.AllowEio3, Switch);
        Add(hocon, "parser", options.Parser, Quote);
        Add(hocon, "ping-interval", options.PingInterval, Milliseconds);
        Add(hocon, "ping-timeout", options.PingTimeout, Milliseconds);
        Add(hocon, "upgrade-timeout", options.UpgradeTimeout, Milliseconds);
        Add(hocon, "connect-timeout", options.ConnectTimeout, Milliseconds);
        Add(hocon, "max-payload", options.MaxPayload, Number);
        Add(hocon, "outbox-limit", options.OutboxLimit, Number);
        Add(hocon, "max-pending-events", options.MaxPendingEvents, Number);
        Add(hocon, "emit-timeout", options.EmitTimeout, Milliseconds);
        Add(hocon, "call-timeout", options.CallTimeout, Milliseconds);
        Add(hocon, "room-log.max-entries", options.RoomLogMaxEntries, Number);
        Add(hocon, "room-log.max-age", options.RoomLogMaxAge, Milliseconds);
        Add(hocon, "cors.origins", options.Origins, List);
        Add(hocon, "cors.credentials", options.AllowCredentials, Switch);
        Add(hocon, "auth-grace", options.AuthGrace, Milliseconds);
        Add(hocon, "error-ack", options.ErrorAck, Switch);
        Add(hocon, "remove-empty-namespaces", options.RemoveEmptyNamespaces, Switch);
        Add(hocon, "serve-client", options.ServeClient, Switch);
        Add(hocon, "websocket-compression", options.WebSocketCompression, Switch);
        Add(hocon, "direct-websockets", options.DirectWebSockets, Switch);
        Add(hocon, "websocket-bridge", options.WebSocketBridge, Quote);
        Add(hocon, "cluster.node", options.ClusterNode, Quote);
        Add(hocon, "cluster.seeds", options.ClusterSeeds, List);
        Add(hocon, "cluster.name", options.ClusterName, Quote);
        Add(hocon, "cluster.application", options.ClusterApplication, Quote);
        Add(hocon, "cluster.listen", options.ClusterListen, Quote);
        Add(hocon, "cluster.secret", options.ClusterSecret, Quote);
        Add(hocon, "cluster.answer-timeout", options.ClusterAnswerTimeout, Milliseconds);
        Add(hocon, "drain.delay", options.DrainDelay, Milliseconds);
        Add(hocon, "drain.time", options.DrainTime, Milliseconds);
        Add(hocon, "api.keys", options.ApiKeys, List);
        return ConfigurationFactory.ParseString(hocon.Append('}').ToString());
    }

    /// <summary>A text as a quoted HOCON string.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string List(IList<string> items) => "[" + string.Join(", ", items.Select(Quote)) + "]";

    private static string Switch(bool? value) => value == true ? "on" : "off";

    private static string Milliseconds(TimeSpan? time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time!.Value.TotalMilliseconds:0.###}ms");

    private static string Number<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static void Add<T>(StringBuilder hocon, string key, T? value, Func<T, string> toHocon)
    {
        if (value is not null)
        {
            hocon.Append("  ").Append(key).Append(" = ").Append(toHocon(value)).Append('\n');
        }
    }
}
