using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using Akka.Actor;
using AkkaChat.Delivery;
using AkkaChat.Dispatch;
using AkkaChat.Handlers;
using AkkaChat.Logs;
using AkkaChat.Nodes;
using AkkaChat.Presence;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Rooms;
using AkkaChat.Serialization;
using AkkaChat.Sessions;
using AkkaChat.Settings;
using AkkaChat.Sockets;
using AkkaChat.Stores;
using AkkaChat.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat;

/// <summary>
/// The server of one node: its namespaces, its sessions, and the actors behind them. Namespaces and handlers can be
/// registered before it starts; sessions can be opened, and events emitted, after.
/// </summary>
internal sealed class AkkaChatServer : IDisposable
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly NamespaceDirectory _namespaces;
    private readonly Func<Socket, string?> _userId;
    private ActorSystem? _system;
    private IActorRef _sessionsActor = ActorRefs.Nobody;
    private volatile bool _isStopping;

    public AkkaChatServer(
        AkkaChatSettings settings,
        AkkaChatOptions options,
        ILoggerFactory loggers,
        IServiceProvider? services,
        IHandlerAuthorizer? authorizer = null)
    {
        Settings = settings;
        Time = options.TimeProvider ?? TimeProvider.System;
        Log = new ServerLog(loggers.CreateLogger("AkkaChat.Server"));
        Metrics = new ServerMetrics(services?.GetService<IMeterFactory>(), () => SessionCount);
        Serializer = settings.PacketFormat == PacketFormat.Json
            ? new ArgumentSerializer(settings.Json, PacketFormat.Json, settings.ProtocolLimits.MaxAttachments)
            : new ArgumentSerializer(settings.Json, settings.PacketFormat);
        Authorizer = authorizer;
        Binder = new HandlerBinder(services?.GetService<IServiceProviderIsService>(), authorizer);
        Invoker = new HandlerInvoker(services);
        AnyNamespace = new HandlerRegistry(Binder, authorizer, "all namespaces");
        Pipeline = new EventPipeline(Invoker, AnyNamespace);
        Deadlines = new OperationDeadlines(settings.EmitTimeout, Time, Log);
        Background = new BackgroundWork(Log);
        Foreign = new ForeignPublications(Time, settings.CallTimeout);
        Presence = new PresenceHub(this, new PresenceLog(loggers.CreateLogger("AkkaChat.Presence")));
        Logs = services?.GetService<IRoomLogStore>() is { } store
            ? new RoomLogs(this, store, options.RoomLogLimits, new LogsLog(loggers.CreateLogger("AkkaChat.Logs")))
            : null;
        _userId = options.UserId ?? DefaultUserIdOf;
        _namespaces = new NamespaceDirectory(this);
        Main = new MainNamespace(this);
        _namespaces.GetOrAdd(Main.Name, () => Main);
    }

    public AkkaChatSettings Settings { get; }

    public TimeProvider Time { get; }

    public ServerLog Log { get; }

    public ServerMetrics Metrics { get; }

    public ArgumentSerializer Serializer { get; }

    public IHandlerAuthorizer? Authorizer { get; }

    public HandlerBinder Binder { get; }

    public HandlerInvoker Invoker { get; }

    public EventPipeline Pipeline { get; }

    public OperationDeadlines Deadlines { get; }

    public BackgroundWork Background { get; }

    /// <summary>What serves events in every namespace that has nothing more particular.</summary>
    public HandlerRegistry AnyNamespace { get; }

    /// <summary>The main namespace: the server, as applications see it.</summary>
    public MainNamespace Main { get; }

    /// <summary>Names this run of this node, in all ids it gives out.</summary>
    public string Incarnation { get; } = SocketId.NewIncarnation();

    /// <summary>The other nodes, to be asked. Set before the server starts.</summary>
    public IPeerNodes Peers { get; set; } = NoPeers.Instance;

    /// <summary>What a cluster says of the rooms whose order this node keeps. Set before the server starts.</summary>
    public Func<CancellationToken, ValueTask<OwnedRooms>> OwnedRooms { get; set; } = static _ => new(Nodes.OwnedRooms.None);

    /// <summary>Brings what other nodes publish to this node's sockets.</summary>
    public ForeignPublications Foreign { get; }

    /// <summary>Tells clients and other nodes who is present in rooms.</summary>
    public PresenceHub Presence { get; }

    /// <summary>The logs of durable rooms; null if the application has no store for them.</summary>
    public RoomLogs? Logs { get; }

    /// <summary>The actor system the server runs on.</summary>
    public ActorSystem System => _system ?? throw new InvalidOperationException("The server has not started yet.");

    /// <summary>Sessions that are open now.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Starts the actors on a running actor system.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="rooms">Where the rooms of a namespace live; null: on this node.</param>
    public void Start(ActorSystem system, Func<Namespace, IRoomRouter>? rooms = null)
    {
        _system = system;
        BatchingDispatcher.Register(system);
        _sessionsActor = system.ActorOf(SessionsActor.Props().WithDispatcher(BatchingDispatcher.Id), "akkachat-sessions");
        _namespaces.Start(system, rooms);
        Background.Begin();
        Log.Started(Settings.Path, string.Join(", ", _namespaces.Names.Order(StringComparer.Ordinal)));
    }

    /// <summary>
    /// Closes the sessions one after the other over a time, in an order of chance, so that their clients do not all come
    /// to the other nodes at once. New ones are not taken any more.
    /// </summary>
    public Task MoveSessionsAsync(TimeSpan over)
    {
        _isStopping = true;
        return Paced.ForEachAsync(
            _sessions.Values.ToArray(), over, Time, session => session.Tell(new SessionMessages.Finish(CloseReason.ServerShuttingDown)));
    }

    /// <summary>Tells all clients that the server goes, closes their connections, and takes no new ones.</summary>
    /// <returns>Completes when all sessions have ended, or at the limit.</returns>
    public async Task CloseSessionsAsync(TimeSpan limit)
    {
        _isStopping = true;
        await Background.StopAsync();
        foreach (var (_, session) in _sessions)
        {
            session.Tell(new SessionMessages.Finish(CloseReason.ServerShuttingDown));
        }

        var sessionsActor = _sessionsActor;
        if (!sessionsActor.IsNobody())
        {
            await Task.WhenAny(sessionsActor.Ask<SessionsActor.Ended>(SessionsActor.WhenEmpty.Instance, limit));
        }
    }

    /// <summary>Opens a session by the transport that <paramref name="connect"/> makes for it.</summary>
    /// <returns>The session, once its actor runs; null if the server is not running.</returns>
    public async Task<Session?> OpenSessionAsync(
        Handshake handshake,
        Func<Session, ITransport> connect,
        Func<ISessionHost, ISessionApplication> createApplication,
        EngineTransport kind,
        CancellationToken cancellationToken = default)
    {
        if (_isStopping || _system is null)
        {
            return null;
        }

        var session = new Session(SocketId.New(Incarnation), handshake, Settings.SessionLimits, Time);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new SessionStart(
            session, connect(session), OpenPacketOf(session, kind), Settings.Timing, Time, createApplication, Unregister, opened);
        _sessions[session.Id] = session;
        _sessionsActor.Tell(start, ActorRefs.NoSender);
        await OpenedAsync(session, opened.Task, cancellationToken);
        if (_isStopping)
        {
            // The order to end may have come before there was anybody to take it.
            session.Tell(new SessionMessages.Finish(CloseReason.ServerShuttingDown));
        }

        Log.SessionOpened(session, kind);
        return session;
    }

    /// <summary>The open session with that id; null if there is none on this node.</summary>
    public Session? FindSession(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>The namespaces that there are now.</summary>
    public IEnumerable<Namespace> Namespaces => _namespaces.All;

    /// <summary>The namespace of that name; null if there is none.</summary>
    public Namespace? FindNamespace(string name) => _namespaces.Find(name);

    /// <summary>The way to the rooms of a namespace of that name, which only other nodes may have.</summary>
    public Namespace RoomsOf(string name) => _namespaces.RoomsOf(name);

    /// <summary>Whether <see cref="ResolveNamespaceAsync"/> could find more than <see cref="FindNamespace"/>.</summary>
    public bool HasDynamicNamespaces => _namespaces.HasDynamic;

    /// <summary>The namespace of that name, brought into being if it is a dynamic one; null if clients may not join it.</summary>
    public ValueTask<Namespace?> ResolveNamespaceAsync(string name, EventArgument auth) => _namespaces.ResolveAsync(name, auth);

    /// <summary>The namespace of that name, which exists from then on.</summary>
    public Namespace Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var full = name[0] == '/' ? name : "/" + name;
        return _namespaces.GetOrAdd(full, () => new Namespace(full, this));
    }

    public DynamicNamespace AddDynamic(string label, Func<string, EventArgument, ValueTask<bool>> mayExist)
    {
        var dynamic = new DynamicNamespace(this, label, mayExist);
        _namespaces.Add(dynamic);
        return dynamic;
    }

    public IReadOnlyCollection<INamespace> ChildrenOf(DynamicNamespace dynamic) => _namespaces.ChildrenOf(dynamic);

    /// <summary>A socket has left a namespace, which perhaps nobody is in any more.</summary>
    public void OnSocketGone(Namespace owner)
    {
        if (Settings.RemoveEmptyNamespaces && owner.SocketCount == 0)
        {
            _namespaces.RemoveIfEmpty(owner);
        }
    }

    /// <summary>Whose a socket is.</summary>
    public string? UserIdOf(Socket socket) => _userId(socket);

    /// <inheritdoc/>
    public void Dispose()
    {
        Logs?.Dispose();
        Presence.Dispose();
        Deadlines.Dispose();
        Background.Dispose();
        Metrics.Dispose();
    }

    private static string? DefaultUserIdOf(Socket socket) => socket.User.FindFirst(ClaimTypes.NameIdentifier)?.Value;

    private static async Task OpenedAsync(Session session, Task opened, CancellationToken cancellationToken)
    {
        try
        {
            await opened.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The client has gone before anybody served the session, so nobody else would end it.
            _ = opened.ContinueWith(
                _ => session.Close(CloseReason.TransportClose),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
    }

    private WirePacket OpenPacketOf(Session session, EngineTransport kind)
    {
        var canUpgrade = kind == EngineTransport.Polling
            && Settings.AllowUpgrades
            && Settings.Transports.Contains(EngineTransport.WebSocket);
        return EngineHandshake.Encode(
            session.Id,
            canUpgrade ? ["websocket"] : [],
            Settings.PingInterval,
            Settings.PingTimeout,
            Settings.MaxPayload);
    }

    private void Unregister(Session session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            Log.SessionClosed(session, session.EndedBy?.Text ?? "");
            Metrics.SessionClosed(session.EndedBy);
            if (session.EndedBy == CloseReason.SlowConsumer)
            {
                Log.SlowConsumer(session.LogName);
            }
        }
    }
}
