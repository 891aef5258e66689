using System.Globalization;
using AkkaChat.Settings;

namespace AkkaChat.Tests.Settings;

/// <summary>Every key: its default, what it accepts, and what it says of the rest.</summary>
public class SettingsRangeTests
{
    [Theory]
    [InlineData("path", "/socket.io/")]
    [InlineData("transports", "Polling,WebSocket")]
    [InlineData("allow-upgrades", "True")]
    [InlineData("ping-interval", "00:00:25")]
    [InlineData("ping-timeout", "00:00:20")]
    [InlineData("upgrade-timeout", "00:00:10")]
    [InlineData("connect-timeout", "00:00:45")]
    [InlineData("max-payload", "1000000")]
    [InlineData("outbox-limit", "4194304")]
    [InlineData("max-pending-events", "100")]
    [InlineData("max-pending-bytes", "1000000")]
    [InlineData("stall-limit", "00:05:00")]
    [InlineData("emit-timeout", "00:00:05")]
    [InlineData("call-timeout", "00:01:00")]
    [InlineData("max-attachments", "10")]
    [InlineData("max-json-depth", "64")]
    [InlineData("max-name-length", "512")]
    [InlineData("max-namespaces-per-connection", "32")]
    [InlineData("max-rooms-per-socket", "1000")]
    [InlineData("room-log.max-entries", "1000")]
    [InlineData("room-log.max-age", "7.00:00:00")]
    [InlineData("presence.diff-interval", "00:00:00.1000000")]
    [InlineData("serve-client", "True")]
    [InlineData("direct-websockets", "True")]
    [InlineData("websocket-bridge", "auto")]
    [InlineData("websocket-compression", "False")]
    [InlineData("http-compression.enabled", "True")]
    [InlineData("http-compression.threshold", "1024")]
    [InlineData("cors.origins", "")]
    [InlineData("cors.credentials", "False")]
    public void Defaults_are_those_of_the_file(string key, string value) => Assert.Equal(value, Show(key, Load()));

    [Theory]
    [InlineData("path", "/a", "/a/")]
    [InlineData("path", "/a/b/", "/a/b/")]
    [InlineData("transports", "websocket", "WebSocket")]
    [InlineData("transports", "polling, websocket", "Polling,WebSocket")]
    [InlineData("allow-upgrades", "off", "False")]
    [InlineData("ping-interval", "10ms", "00:00:00.0100000")]
    [InlineData("ping-interval", "1d", "1.00:00:00")]
    [InlineData("ping-timeout", "2m", "00:02:00")]
    [InlineData("upgrade-timeout", "1h", "01:00:00")]
    [InlineData("connect-timeout", "1h", "01:00:00")]
    [InlineData("max-payload", "1KiB", "1024")]
    [InlineData("max-payload", "256MiB", "268435456")]
    [InlineData("outbox-limit", "16KiB", "16384")]
    [InlineData("outbox-limit", "1GiB", "1073741824")]
    [InlineData("max-pending-events", "1", "1")]
    [InlineData("max-pending-events", "100000", "100000")]
    [InlineData("max-pending-bytes", "1024", "1024")]
    [InlineData("stall-limit", "1s", "00:00:01")]
    [InlineData("emit-timeout", "10ms", "00:00:00.0100000")]
    [InlineData("call-timeout", "1h", "01:00:00")]
    [InlineData("max-attachments", "0", "0")]
    [InlineData("max-attachments", "1000", "1000")]
    [InlineData("max-json-depth", "4", "4")]
    [InlineData("max-json-depth", "64", "64")]
    [InlineData("max-name-length", "16", "16")]
    [InlineData("max-name-length", "65536", "65536")]
    [InlineData("max-namespaces-per-connection", "1", "1")]
    [InlineData("max-rooms-per-socket", "100000", "100000")]
    [InlineData("room-log.max-entries", "1", "1")]
    [InlineData("room-log.max-entries", "100000000", "100000000")]
    [InlineData("room-log.max-age", "1s", "00:00:01")]
    [InlineData("room-log.max-age", "36500d", "36500.00:00:00")]
    [InlineData("presence.diff-interval", "0s", "00:00:00")]
    [InlineData("presence.diff-interval", "1m", "00:01:00")]
    [InlineData("serve-client", "no", "False")]
    [InlineData("direct-websockets", "off", "False")]
    [InlineData("websocket-bridge", "loops", "loops")]
    [InlineData("websocket-compression", "true", "True")]
    [InlineData("http-compression.threshold", "0", "0")]
    [InlineData("cors.origins", "https://a.example, http://localhost:3000", "https://a.example,http://localhost:3000")]
    [InlineData("cors.origins", "*", "*")]
    [InlineData("cors.origins", "https://*.example.com", "https://*.example.com")]
    public void What_is_in_range_is_taken(string key, string value, string expected) =>
        Assert.Equal(expected, Show(key, Load((key, value))));

    [Theory]
    [InlineData("path", "socket.io", "a path that begins with a slash")]
    [InlineData("path", "/", "a path that begins with a slash")]
    [InlineData("path", "/a?b", "a path that begins with a slash")]
    [InlineData("path", "/a b", "a path that begins with a slash")]
    [InlineData("path", "/a\nb", "a path that begins with a slash")]
    [InlineData("path", "/{a}", "a path that begins with a slash")]
    [InlineData("transports", "", "a list of polling and websocket")]
    [InlineData("transports", "polling, webtransport", "a list of polling and websocket")]
    [InlineData("allow-upgrades", "perhaps", "on or off")]
    [InlineData("ping-interval", "9ms", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "25h", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "soon", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "infinite", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "-5s", "a time from 10ms to 1d")]
    [InlineData("ping-timeout", "0s", "a time from 10ms to 1d")]
    [InlineData("upgrade-timeout", "61m", "a time from 10ms to 1h")]
    [InlineData("connect-timeout", "2h", "a time from 10ms to 1h")]
    [InlineData("max-payload", "1023", "a size from 1024 to 268435456 bytes")]
    [InlineData("max-payload", "257MiB", "a size from 1024 to 268435456 bytes")]
    [InlineData("max-payload", "many", "a size from 1024 to 268435456 bytes")]
    [InlineData("outbox-limit", "15KiB", "a size from 16384 to 1073741824 bytes")]
    [InlineData("outbox-limit", "-1", "a size from 16384 to 1073741824 bytes")]
    [InlineData("max-pending-events", "0", "a whole number from 1 to 100000")]
    [InlineData("max-pending-events", "100001", "a whole number from 1 to 100000")]
    [InlineData("max-pending-events", "1.5", "a whole number from 1 to 100000")]
    [InlineData("max-pending-bytes", "1023", "a size from 1024 to 1073741824 bytes")]
    [InlineData("stall-limit", "999ms", "a time from 1s to 1d")]
    [InlineData("emit-timeout", "9ms", "a time from 10ms to 1h")]
    [InlineData("call-timeout", "61m", "a time from 10ms to 1h")]
    [InlineData("max-attachments", "-1", "a whole number from 0 to 1000")]
    [InlineData("max-attachments", "1001", "a whole number from 0 to 1000")]
    [InlineData("max-json-depth", "3", "a whole number from 4 to 64")]
    [InlineData("max-json-depth", "65", "a whole number from 4 to 64")]
    [InlineData("max-name-length", "15", "a whole number from 16 to 65536")]
    [InlineData("max-name-length", "99999999999", "a whole number from 16 to 65536")]
    [InlineData("max-namespaces-per-connection", "0", "a whole number from 1 to 100000")]
    [InlineData("max-rooms-per-socket", "0", "a whole number from 1 to 100000")]
    [InlineData("cluster.node", "0.0.0.0:4053", "an address at which the other nodes find this one")]
    [InlineData("cluster.node", "[::]:4053", "an address at which the other nodes find this one")]
    [InlineData("room-log.max-entries", "0", "a whole number from 1 to 100000000")]
    [InlineData("room-log.max-entries", "100000001", "a whole number from 1 to 100000000")]
    [InlineData("room-log.max-age", "999ms", "a time from 1s to")]
    [InlineData("room-log.max-age", "36501d", "a time from 1s to")]
    [InlineData("presence.diff-interval", "-1ms", "a time from 0s to 60s")]
    [InlineData("presence.diff-interval", "60001ms", "a time from 0s to 60s")]
    [InlineData("serve-client", "1", "on or off")]
    [InlineData("direct-websockets", "2", "on or off")]
    [InlineData("websocket-bridge", "pipes", "one of auto, streams, loops")]
    [InlineData("websocket-compression", "", "on or off")]
    [InlineData("http-compression.enabled", "x", "on or off")]
    [InlineData("http-compression.threshold", "1GiB", "a size from 0 to 268435456 bytes")]
    [InlineData("cors.origins", "example.com", "origins such as https://chat.example.com")]
    [InlineData("cors.origins", "https://example.com/", "origins such as https://chat.example.com")]
    [InlineData("cors.origins", "https://example.com/path", "origins such as https://chat.example.com")]
    [InlineData("cookie.name", "a b", "text without control characters")]
    [InlineData("cookie.path", "/;", "text without control characters")]
    [InlineData("cookie.same-site", "Lax", "one of lax, strict, none")]
    public void What_is_out_of_range_is_refused_with_key_value_and_range(string key, string value, string range)
    {
        var message = Assert.Throws<AkkaChatConfigurationException>(() => Load((key, value))).Message;

        Assert.StartsWith($"akkachat.{key} = '{value}' is not accepted. Accepted: ", message);
        Assert.Contains(range, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_are_not_for_any_origin()
    {
        var message = Assert.Throws<AkkaChatConfigurationException>(
            () => Load(("cors.origins", "*"), ("cors.credentials", "on"))).Message;

        Assert.Contains("akkachat.cors.credentials = 'on'", message, StringComparison.Ordinal);
        Assert.True(Load(("cors.origins", "https://a.example"), ("cors.credentials", "on")).Cors.Credentials);
    }

    [Fact]
    public void A_cookie_has_a_name_or_there_is_none()
    {
        Assert.Null(Load().Cookie);
        Assert.Equal(
            new CookieSettings("io", "/", true, "strict", true),
            Load(("cookie.name", "io"), ("cookie.same-site", "strict"), ("cookie.secure", "on")).Cookie);
    }

    private static AkkaChatSettings Load(params (string Key, string Value)[] named) => SettingsLoader.Read(
        SettingsLoader.Merge(null, _ => null, named.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))),
        new AkkaChatOptions());

    private static string Show(string key, AkkaChatSettings settings)
    {
        object value = key switch
        {
            "path" => settings.Path,
            "transports" => string.Join(',', settings.Transports),
            "allow-upgrades" => settings.AllowUpgrades,
            "ping-interval" => settings.PingInterval,
            "ping-timeout" => settings.PingTimeout,
            "upgrade-timeout" => settings.UpgradeTimeout,
            "connect-timeout" => settings.ConnectTimeout,
            "max-payload" => settings.MaxPayload,
            "outbox-limit" => settings.OutboxLimit,
            "max-pending-events" => settings.MaxPendingEvents,
            "max-pending-bytes" => settings.MaxPendingBytes,
            "stall-limit" => settings.StallLimit,
            "emit-timeout" => settings.EmitTimeout,
            "call-timeout" => settings.CallTimeout,
            "max-attachments" => settings.ProtocolLimits.MaxAttachments,
            "max-json-depth" => settings.ProtocolLimits.MaxDepth,
            "max-name-length" => settings.ProtocolLimits.MaxNameLength,
            "max-namespaces-per-connection" => settings.MaxNamespacesPerConnection,
            "max-rooms-per-socket" => settings.MaxRoomsPerSocket,
            "room-log.max-entries" => settings.RoomLogs.MaxEntries,
            "room-log.max-age" => settings.RoomLogs.MaxAge,
            "presence.diff-interval" => settings.PresenceDiffInterval,
            "serve-client" => settings.ServeClient,
            "direct-websockets" => settings.DirectWebSockets,
            "websocket-bridge" => settings.WebSocketBridge,
            "websocket-compression" => settings.WebSocketCompression,
            "http-compression.enabled" => settings.HttpCompression.Enabled,
            "http-compression.threshold" => settings.HttpCompression.Threshold,
            "cors.origins" => string.Join(',', settings.Cors.Origins),
            "cors.credentials" => settings.Cors.Credentials,
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
        };
        return Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}
