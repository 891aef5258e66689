using System.Net;
using System.Text.Json;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Sessions;

namespace AkkaChat.Settings;

/// <summary>All settings, checked and with their units. <c>hocon/akkachat.conf</c> says what each means.</summary>
internal sealed record AkkaChatSettings
{
    public required string Path { get; init; }

    public required IReadOnlyList<EngineTransport> Transports { get; init; }

    public required bool AllowUpgrades { get; init; }

    public required bool AllowEio3 { get; init; }

    public required PacketFormat PacketFormat { get; init; }

    public required TimeSpan PingInterval { get; init; }

    public required TimeSpan PingTimeout { get; init; }

    public required TimeSpan UpgradeTimeout { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    public required int MaxPayload { get; init; }

    public required long OutboxLimit { get; init; }

    public required int MaxPendingEvents { get; init; }

    public required long MaxPendingBytes { get; init; }

    public required TimeSpan StallLimit { get; init; }

    public required TimeSpan EmitTimeout { get; init; }

    public required TimeSpan CallTimeout { get; init; }

    public required ProtocolLimits ProtocolLimits { get; init; }

    public required int MaxNamespacesPerConnection { get; init; }

    public required int MaxRoomsPerSocket { get; init; }

    public required RoomLogLimits RoomLogs { get; init; }

    public required TimeSpan PresenceDiffInterval { get; init; }

    public required TimeSpan AuthGrace { get; init; }

    public required bool ErrorAck { get; init; }

    public required bool RemoveEmptyNamespaces { get; init; }

    public required bool ServeClient { get; init; }

    public required bool DirectWebSockets { get; init; }

    public required string WebSocketBridge { get; init; }

    public required CompressionSettings HttpCompression { get; init; }

    public required bool WebSocketCompression { get; init; }

    public required CorsSettings Cors { get; init; }

    public required CookieSettings? Cookie { get; init; }

    public required ClusterSettings Cluster { get; init; }

    public required DrainSettings Drain { get; init; }

    public required ApiSettings Api { get; init; }

    /// <summary>How arguments are written and read; null is System.Text.Json's web defaults.</summary>
    public JsonSerializerOptions? Json { get; init; }

    public EngineTiming Timing => new(PingInterval, PingTimeout, UpgradeTimeout, StallLimit);

    public SessionLimits SessionLimits => new(OutboxLimit, MaxPendingEvents, MaxPendingBytes);
}

/// <summary>Compression of answers to polls.</summary>
/// <param name="Enabled">Whether there is any.</param>
/// <param name="Threshold">From how many bytes on.</param>
internal sealed record CompressionSettings(bool Enabled, long Threshold);

/// <summary>Who may connect from pages of other origins.</summary>
/// <param name="Origins">Accepted origins; <c>*</c> is any.</param>
/// <param name="Credentials">Whether these may send cookies.</param>
internal sealed record CorsSettings(IReadOnlyList<string> Origins, bool Credentials);

/// <summary>The cookie on the first answer to a polling client.</summary>
internal sealed record CookieSettings(string Name, string Path, bool HttpOnly, string SameSite, bool Secure);

/// <summary>Several nodes as one.</summary>
/// <param name="Node">Where this node talks with the others about rooms; null: it is alone.</param>
/// <param name="Seeds">Nodes to join, each a host and a port.</param>
/// <param name="Name">The cluster's name.</param>
/// <param name="Application">The application, of those that share the cluster.</param>
/// <param name="Shards">In how many parts rooms are spread.</param>
/// <param name="Listen">Where this node takes requests of other nodes; null: nowhere.</param>
/// <param name="Secret">What nodes know each other by; null: this node hands nothing on.</param>
/// <param name="AnswerTimeout">How long another node may give no sign of life.</param>
internal sealed record ClusterSettings(
    IPEndPoint? Node,
    IReadOnlyList<DnsEndPoint> Seeds,
    string Name,
    string Application,
    int Shards,
    IPEndPoint? Listen,
    string? Secret,
    TimeSpan AnswerTimeout)
{
    /// <summary>Without the secret, which must not get into a log.</summary>
    public override string ToString() => $"node = {Node}, listen = {Listen}, answer-timeout = {AnswerTimeout}";
}

/// <summary>How a node ends.</summary>
/// <param name="Delay">From "not ready" to the first session that is closed.</param>
/// <param name="Time">From the first session that is closed to the last.</param>
internal sealed record DrainSettings(TimeSpan Delay, TimeSpan Time);

/// <summary>The HTTP API for other programs.</summary>
/// <param name="Keys">Who may use it; none: there is no API.</param>
internal sealed record ApiSettings(IReadOnlyList<string> Keys)
{
    /// <summary>Without the keys, which must not get into a log.</summary>
    public override string ToString() => $"{Keys.Count} keys";
}
