using System.Text.Json;

namespace AkkaChat;

/// <summary>
/// Settings in code. Each is null until set, and then wins over the configuration file, the environment and the command
/// line; <c>hocon/akkachat.conf</c> lists the defaults, units and ranges.
/// </summary>
public class AkkaChatOptions
{
    /// <summary>Where Socket.IO is served (<c>path</c>, default <c>/socket.io/</c>).</summary>
    public string? Path { get; set; }

    /// <summary>How clients may connect: <c>polling</c>, <c>websocket</c> (<c>transports</c>, default both).</summary>
    public IList<string>? Transports { get; set; }

    /// <summary>Whether clients may go on from polling to WebSocket (<c>allow-upgrades</c>, default true).</summary>
    public bool? AllowUpgrades { get; set; }

    /// <summary>
    /// Whether clients of Engine.IO 3 (socket.io-client 2) may connect too (<c>allow-eio3</c>, default false).
    /// </summary>
    public bool? AllowEio3 { get; set; }

    /// <summary><c>json</c> or <c>msgpack</c>, which all clients must use as well (<c>parser</c>, default <c>json</c>).</summary>
    public string? Parser { get; set; }

    /// <summary>From one answer to the next ping (<c>ping-interval</c>, default 25 s).</summary>
    public TimeSpan? PingInterval { get; set; }

    /// <summary>How long a client may take to answer a ping (<c>ping-timeout</c>, default 20 s).</summary>
    public TimeSpan? PingTimeout { get; set; }

    /// <summary>How long an upgrade may take (<c>upgrade-timeout</c>, default 10 s).</summary>
    public TimeSpan? UpgradeTimeout { get; set; }

    /// <summary>How long a connection may stay without a namespace (<c>connect-timeout</c>, default 45 s).</summary>
    public TimeSpan? ConnectTimeout { get; set; }

    /// <summary>Largest POST body and WebSocket message of a client, in bytes (<c>max-payload</c>, default 1,000,000).</summary>
    public int? MaxPayload { get; set; }

    /// <summary>Most bytes that wait for one client (<c>outbox-limit</c>, default 4 MiB).</summary>
    public long? OutboxLimit { get; set; }

    /// <summary>Most events of one client that wait or run (<c>max-pending-events</c>, default 100).</summary>
    public int? MaxPendingEvents { get; set; }

    /// <summary>How long an emit, join or leave waits for its room (<c>emit-timeout</c>, default 5 s).</summary>
    public TimeSpan? EmitTimeout { get; set; }

    /// <summary>How long a call waits for the client's ack (<c>call-timeout</c>, default 60 s).</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>
    /// Pages of which origins may connect besides the server's own (<c>cors.origins</c>, default none); <c>*</c> is any.
    /// </summary>
    public IList<string>? Origins { get; set; }

    /// <summary>Whether those may send cookies (<c>cors.credentials</c>, default false).</summary>
    public bool? AllowCredentials { get; set; }

    /// <summary>Whether the browser client is served (<c>serve-client</c>, default true).</summary>
    public bool? ServeClient { get; set; }

    /// <summary>Whether WebSocket messages are compressed (<c>websocket-compression</c>, default false).</summary>
    public bool? WebSocketCompression { get; set; }

    /// <summary>
    /// Whether WebSockets are framed here and written straight to their sockets where possible
    /// (<c>direct-websockets</c>, default true).
    /// </summary>
    public bool? DirectWebSockets { get; set; }

    /// <summary><c>auto</c>, <c>streams</c> or <c>loops</c> (<c>websocket-bridge</c>, default <c>auto</c>).</summary>
    public string? WebSocketBridge { get; set; }

    /// <summary>How long a client may take to bring new credentials (<c>auth-grace</c>, default 25 s).</summary>
    public TimeSpan? AuthGrace { get; set; }

    /// <summary>
    /// Whether a handler that throws is answered with an error ack (<c>error-ack</c>, default false: with no ack).
    /// </summary>
    public bool? ErrorAck { get; set; }

    /// <summary>
    /// Whether dynamic namespaces go when the last socket leaves (<c>remove-empty-namespaces</c>, default false).
    /// </summary>
    public bool? RemoveEmptyNamespaces { get; set; }

    /// <summary>
    /// Where this node talks with the other nodes of a cluster about rooms, as IP address and port (<c>cluster.node</c>,
    /// default none: the node is alone). Loopback or a private interface: clients have no business there.
    /// </summary>
    public string? ClusterNode { get; set; }

    /// <summary>
    /// Nodes of the cluster to join, as hosts with ports (<c>cluster.seeds</c>, default none: a cluster of its own).
    /// </summary>
    public IList<string>? ClusterSeeds { get; set; }

    /// <summary>The cluster's name, the same on all nodes (<c>cluster.name</c>, default <c>akkachat</c>).</summary>
    public string? ClusterName { get; set; }

    /// <summary>
    /// The application, of several that share a cluster (<c>cluster.application</c>, default <c>default</c>).
    /// </summary>
    public string? ClusterApplication { get; set; }

    /// <summary>
    /// Where this node takes requests that other nodes hand on, as IP address and port (<c>cluster.listen</c>, default
    /// none). Loopback or a private interface: clients have no business there.
    /// </summary>
    public string? ClusterListen { get; set; }

    /// <summary>
    /// What the nodes of a cluster know each other by, the same on all, at least 32 characters (<c>cluster.secret</c>,
    /// default none).
    /// </summary>
    public string? ClusterSecret { get; set; }

    /// <summary>
    /// How long another node may give no sign of life before the session it is asked for counts as lost
    /// (<c>cluster.answer-timeout</c>, default 1 s).
    /// </summary>
    public TimeSpan? ClusterAnswerTimeout { get; set; }

    /// <summary>
    /// How long a node that was told to end goes on, not ready any more, before it closes sessions
    /// (<c>drain.delay</c>, default 0 s).
    /// </summary>
    public TimeSpan? DrainDelay { get; set; }

    /// <summary>Over how long it then closes its sessions (<c>drain.time</c>, default 0 s).</summary>
    public TimeSpan? DrainTime { get; set; }

    /// <summary>
    /// Who may use the HTTP API: secrets of at least 32 characters each, of which any will do (<c>api.keys</c>, default
    /// none: there is no API).
    /// </summary>
    public IList<string>? ApiKeys { get; set; }

    /// <summary>
    /// Whose a socket is, for <c>ToUser</c>; null: the claim <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>
    /// of its user. Asked when the client has been let in.
    /// </summary>
    public Func<Socket, string?>? UserId { get; set; }

    /// <summary>How many messages a room's log keeps (<c>room-log.max-entries</c>, default 1000).</summary>
    public int? RoomLogMaxEntries { get; set; }

    /// <summary>How long a room's log keeps a message (<c>room-log.max-age</c>, default 7 days).</summary>
    public TimeSpan? RoomLogMaxAge { get; set; }

    /// <summary>
    /// How much the log of a room keeps, by namespace and room; null: what the settings say for all. Asked at each message.
    /// </summary>
    public Func<string, string, RoomLogLimits>? RoomLogLimits { get; set; }

    /// <summary>
    /// How arguments are written and read; null is <see cref="JsonSerializerOptions.Web"/>. Binary types are always
    /// attachments.
    /// </summary>
    public JsonSerializerOptions? JsonSerializerOptions { get; set; }

    /// <summary>
    /// An actor system to run on, which the application starts and stops; null: the server has its own. In a cluster the
    /// server leaves it when it stops, and that ends the actor system.
    /// </summary>
    public Akka.Actor.ActorSystem? ActorSystem { get; set; }

    /// <summary>The clock for heartbeats and deadlines; null is the system's.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>A HOCON file whose keys win over the defaults; null: <c>AKKACHAT_CONFIG</c> names one, or none.</summary>
    public string? ConfigurationFile { get; set; }
}
