using System.Globalization;
using System.Net;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Settings;

/// <summary>
/// The one place that reads configuration: the embedded defaults, over them a HOCON file, the environment, named
/// values (the command line), and options in code; each layer wins over those before it.
/// </summary>
internal static class SettingsLoader
{
    private const string Block = "akkachat";
    private const int ShortestSecret = 32;

    /// <summary>The library's defaults: <c>hocon/akkachat.conf</c>.</summary>
    public static Config Defaults { get; } = Parse(ReadEmbedded(), "the embedded akkachat.conf");

    /// <summary>Merges file, environment and named values over the defaults.</summary>
    /// <param name="file">A HOCON file, or null.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="named">Values by key without <c>akkachat.</c>, as texts.</param>
    /// <exception cref="AkkaChatConfigurationException">The file is not there, not HOCON, or has unknown keys.</exception>
    public static Config Merge(
        string? file, Func<string, string?> environment, IEnumerable<KeyValuePair<string, string>> named)
    {
        var known = Keys(Defaults).ToHashSet(StringComparer.Ordinal);
        var merged = Defaults;
        if (file is not null)
        {
            var ofFile = ParseFile(file);
            CheckKeys(Keys(ofFile), known, file);
            merged = ofFile.WithFallback(merged);
        }

        foreach (var key in known)
        {
            if (environment(EnvironmentName(key)) is { } value)
            {
                merged = Single(key, value).WithFallback(merged);
            }
        }

        foreach (var (key, value) in named)
        {
            CheckKeys([key], known, "the command line or appsettings");
            merged = Single(key, value).WithFallback(merged);
        }

        return merged;
    }

    /// <summary>Reads the settings and applies the options in code.</summary>
    /// <exception cref="AkkaChatConfigurationException">A value is out of range.</exception>
    public static AkkaChatSettings Read(Config merged, AkkaChatOptions options)
    {
        var config = OptionsLayer.From(options).WithFallback(merged).GetConfig(Block);
        var reader = new SettingsReader(config);
        var hour = TimeSpan.FromHours(1);
        var shortest = TimeSpan.FromMilliseconds(10);
        return new AkkaChatSettings
        {
            Path = ReadPath(reader),
            Transports = ReadTransports(reader),
            AllowUpgrades = reader.Switch("allow-upgrades"),
            AllowEio3 = ReadAllowEio3(reader),
            PacketFormat = IsMessagePack(reader) ? PacketFormat.MessagePack : PacketFormat.Json,
            PingInterval = reader.Time("ping-interval", shortest, TimeSpan.FromDays(1)),
            PingTimeout = reader.Time("ping-timeout", shortest, TimeSpan.FromDays(1)),
            UpgradeTimeout = reader.Time("upgrade-timeout", shortest, hour),
            ConnectTimeout = reader.Time("connect-timeout", shortest, hour),
            MaxPayload = (int)reader.Bytes("max-payload", 1024, 256 << 20),
            OutboxLimit = reader.Bytes("outbox-limit", 16 << 10, 1 << 30),
            MaxPendingEvents = reader.Count("max-pending-events", 1, 100_000),
            MaxPendingBytes = reader.Bytes("max-pending-bytes", 1024, 1 << 30),
            StallLimit = reader.Time("stall-limit", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            EmitTimeout = reader.Time("emit-timeout", shortest, hour),
            CallTimeout = reader.Time("call-timeout", shortest, hour),
            ProtocolLimits = new ProtocolLimits
            {
                MaxAttachments = reader.Count("max-attachments", 0, 1000),
                MaxDepth = reader.Count("max-json-depth", 4, 64),
                MaxNameLength = reader.Count("max-name-length", 16, 65536),
            },
            MaxNamespacesPerConnection = reader.Count("max-namespaces-per-connection", 1, 100_000),
            MaxRoomsPerSocket = reader.Count("max-rooms-per-socket", 1, 100_000),
            RoomLogs = new RoomLogLimits(
                reader.Count("room-log.max-entries", 1, 100_000_000),
                reader.Time("room-log.max-age", TimeSpan.FromSeconds(1), TimeSpan.FromDays(36500))),
            PresenceDiffInterval = reader.Time("presence.diff-interval", TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            AuthGrace = reader.Time("auth-grace", shortest, hour),
            ErrorAck = reader.Switch("error-ack"),
            RemoveEmptyNamespaces = reader.Switch("remove-empty-namespaces"),
            ServeClient = reader.Switch("serve-client"),
            DirectWebSockets = reader.Switch("direct-websockets"),
            WebSocketBridge = reader.Choice("websocket-bridge", "auto", "streams", "loops"),
            HttpCompression = new CompressionSettings(
                reader.Switch("http-compression.enabled"), reader.Bytes("http-compression.threshold", 0, 256 << 20)),
            WebSocketCompression = reader.Switch("websocket-compression"),
            Cors = ReadCors(reader),
            Cookie = ReadCookie(reader),
            Cluster = ReadCluster(reader),
            Drain = ReadDrain(reader),
            Api = new ApiSettings(reader.Secrets("api.keys", ShortestSecret)),
            Json = options.JsonSerializerOptions,
        };
    }

    /// <summary>The environment variable of a key.</summary>
    public static string EnvironmentName(string key) =>
        "AKKACHAT_" + key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    private static string ReadPath(SettingsReader reader)
    {
        var path = reader.Text(
            "path",
            "a path that begins with a slash, without '?', '#', '{' or spaces, such as /socket.io/",
            text => text is ['/', _, ..]
                && text.AsSpan().IndexOfAny("?#{}") < 0
                && !text.AsSpan().ContainsAnyInRange('\0', ' '));
        return path.TrimEnd('/') + "/";
    }

    private static List<EngineTransport> ReadTransports(SettingsReader reader)
    {
        const string Accepted = "a list of polling and websocket, at least one of them";
        var transports = new List<EngineTransport>();
        foreach (var name in reader.List("transports", Accepted))
        {
            transports.Add(name switch
            {
                "polling" => EngineTransport.Polling,
                "websocket" => EngineTransport.WebSocket,
                _ => throw reader.Wrong("transports", Accepted),
            });
        }

        return transports.Count > 0 ? transports : throw reader.Wrong("transports", Accepted);
    }

    private static bool IsMessagePack(SettingsReader reader) => reader.Choice("parser", "json", "msgpack") == "msgpack";

    private static bool ReadAllowEio3(SettingsReader reader)
    {
        var allowed = reader.Switch("allow-eio3");
        return !allowed || !IsMessagePack(reader)
            ? allowed
            : throw reader.Wrong("allow-eio3", "off together with parser = msgpack, which is another one in socket.io-client 2");
    }

    private static CorsSettings ReadCors(SettingsReader reader)
    {
        const string Accepted = "origins such as https://chat.example.com or https://*.example.com, or * for any";
        var origins = reader.List("cors.origins", Accepted);
        if (!origins.All(IsOrigin))
        {
            throw reader.Wrong("cors.origins", Accepted);
        }

        var credentials = reader.Switch("cors.credentials");
        return !credentials || !origins.Contains("*")
            ? new CorsSettings(origins, credentials)
            : throw reader.Wrong("cors.credentials", "off together with the origin *; name the origins to allow cookies");
    }

    private static bool IsOrigin(string text) =>
        text == "*"
        || (Uri.TryCreate(text.Replace("*.", "any.", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && uri.AbsolutePath == "/"
            && !text.EndsWith('/'));

    private static CookieSettings? ReadCookie(SettingsReader reader)
    {
        const string Accepted = "text without control characters, spaces, quotes, comma and semicolon";
        var name = reader.Text("cookie.name", Accepted + "; empty for no cookie", IsCookieText);
        var path = reader.Text("cookie.path", Accepted, IsCookieText);
        var sameSite = reader.Choice("cookie.same-site", "lax", "strict", "none");
        return name.Length == 0
            ? null
            : new CookieSettings(
                name, path, reader.Switch("cookie.http-only"), sameSite, reader.Switch("cookie.secure"));
    }

    private static ClusterSettings ReadCluster(SettingsReader reader)
    {
        var listen = reader.Address("cluster.listen");
        var secret = reader.Secret("cluster.secret", ShortestSecret);
        return listen is null || secret is not null
            ? new ClusterSettings(
                ReadNode(reader),
                reader.Hosts("cluster.seeds"),
                ReadClusterName(reader, "cluster.name"),
                ReadClusterName(reader, "cluster.application"),
                reader.Count("cluster.shards", 1, 100_000),
                listen,
                secret,
                reader.Time("cluster.answer-timeout", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)))
            : throw reader.Wrong("cluster.listen", "none without akkachat.cluster.secret");
    }

    /// <summary>It is what the others call this node by, so "all interfaces" is none.</summary>
    private static IPEndPoint? ReadNode(SettingsReader reader)
    {
        const string Key = "cluster.node";
        var node = reader.Address(Key);
        return node?.Address is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? throw reader.Wrong(Key, "an address at which the other nodes find this one (to listen on others: akka.remote.dot-netty.tcp.bind-hostname)")
            : node;
    }

    private static string ReadClusterName(SettingsReader reader, string key) => reader.Text(
        key,
        "1 to 32 letters of ASCII, digits, - and _, a letter or digit first",
        text => text.Length is >= 1 and <= 32
            && char.IsAsciiLetterOrDigit(text[0])
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));

    private static DrainSettings ReadDrain(SettingsReader reader) => new(
        reader.Time("drain.delay", TimeSpan.Zero, TimeSpan.FromHours(1)),
        reader.Time("drain.time", TimeSpan.Zero, TimeSpan.FromHours(1)));

    private static bool IsCookieText(string text) =>
        text.All(character => character is > ' ' and < (char)127 and not ('"' or ',' or ';' or '\\'));

    private static void CheckKeys(IEnumerable<string> keys, HashSet<string> known, string source)
    {
        foreach (var key in keys)
        {
            if (!known.Contains(key))
            {
                throw new AkkaChatConfigurationException(
                    $"akkachat.{key}, in {source}, is not a setting. Accepted keys: {string.Join(", ", known.Order())}.");
            }
        }
    }

    private static IEnumerable<string> Keys(Config config) =>
        config.HasPath(Block) ? Leaves(config.GetConfig(Block).Root, "") : [];

    private static IEnumerable<string> Leaves(HoconValue value, string path)
    {
        if (!value.IsObject())
        {
            return [path];
        }

        return value.GetObject().Items.SelectMany(
            item => Leaves(item.Value, path.Length == 0 ? item.Key : $"{path}.{item.Key}"));
    }

    private static Config Single(string key, string value)
    {
        // A list is written with commas; everything else is one text, whatever stands in it.
        var hocon = key is "transports" or "cors.origins" or "cluster.seeds" or "api.keys"
            ? "[" + string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Select(OptionsLayer.Quote)) + "]"
            : OptionsLayer.Quote(value);
        return Parse(string.Create(CultureInfo.InvariantCulture, $"{Block}.{key} = {hocon}"), key);
    }

    private static Config ParseFile(string file)
    {
        var hocon = ReadFile(file);
        try
        {
            HoconBrackets.Check(hocon);
        }
        catch (FormatException exception)
        {
            throw new AkkaChatConfigurationException($"{file} is not valid HOCON: {exception.Message}", exception);
        }

        return Parse(hocon, file);
    }

    private static Config Parse(string hocon, string source)
    {
        try
        {
            return ConfigurationFactory.ParseString(hocon);
        }
        catch (Exception exception)
        {
            throw new AkkaChatConfigurationException($"{source} is not valid HOCON: {exception.Message}", exception);
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AkkaChatConfigurationException($"The configuration file cannot be read: {exception.Message}", exception);
        }
    }

    private static string ReadEmbedded()
    {
        using var stream = typeof(SettingsLoader).Assembly.GetManifestResourceStream("akkachat.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
