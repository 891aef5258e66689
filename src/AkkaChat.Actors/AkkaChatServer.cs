using System.Collections.Concurrent;
using Akka.Actor;
using AkkaChat.Delivery;
using AkkaChat.Handlers;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Rooms;
using AkkaChat.Serialization;
using AkkaChat.Sessions;
using AkkaChat.Settings;
using AkkaChat.Sockets;
using AkkaChat.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat;

/// <summary>
/// The server of one node: its namespaces, its sessions, and the actors behind them. Namespaces and handlers can be
/// registered before it starts; sessions can be opened, and events emitted, after.
/// </summary>
internal sealed class AkkaChatServer : IAkkaChat, IDisposable
{
    private readonly ConcurrentDictionary<string, Namespace> _namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _starting = new();
    private readonly Namespace _main;
    private ActorSystem? _system;
    private IActorRef _sessionsActor = ActorRefs.Nobody;
    private volatile bool _isStopping;

    public AkkaChatServer(AkkaChatSettings settings, TimeProvider time, ILoggerFactory loggers, IServiceProvider? services)
    {
        Settings = settings;
        Time = time;
        Log = new ServerLog(loggers.CreateLogger("AkkaChat.Server"));
        Serializer = settings.Json is null ? ArgumentSerializer.Default : new ArgumentSerializer(settings.Json);
        ServiceTypes = services?.GetService<IServiceProviderIsService>();
        Invoker = new HandlerInvoker(services);
        Deadlines = new OperationDeadlines(settings.EmitTimeout, time);
        _main = (Namespace)Of("/");
    }

    public AkkaChatSettings Settings { get; }

    public TimeProvider Time { get; }

    public ServerLog Log { get; }

    public ArgumentSerializer Serializer { get; }

    public IServiceProviderIsService? ServiceTypes { get; }

    public HandlerInvoker Invoker { get; }

    public OperationDeadlines Deadlines { get; }

    /// <summary>Names this run of this node, in all ids it gives out.</summary>
    public string Incarnation { get; } = SocketId.NewIncarnation();

    /// <summary>The actor system the server runs on.</summary>
    public ActorSystem System => _system ?? throw new InvalidOperationException("The server has not started yet.");

    /// <summary>Sessions that are open now.</summary>
    public int SessionCount => _sessions.Count;

    /// <inheritdoc/>
    public string Name => _main.Name;

    /// <inheritdoc/>
    public IBroadcaster Volatile => _main.Volatile;

    /// <summary>Starts the actors on a running actor system.</summary>
    public void Start(ActorSystem system)
    {
        lock (_starting)
        {
            _system = system;
            _sessionsActor = system.ActorOf(SessionsActor.Props(), "akkachat-sessions");
            foreach (var (_, owner) in _namespaces)
            {
                StartRooms(owner, system);
            }
        }

        Log.Started(Settings.Path, string.Join(", ", _namespaces.Keys.Order(StringComparer.Ordinal)));
    }

    /// <summary>Tells all clients that the server goes, closes their connections, and takes no new ones.</summary>
    /// <returns>Completes when all sessions have ended, or at the limit.</returns>
    public async Task CloseSessionsAsync(TimeSpan limit)
    {
        _isStopping = true;
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

        Log.SessionOpened(session.LogName, kind.ToString());
        return session;
    }

    /// <summary>The open session with that id; null if there is none on this node.</summary>
    public Session? FindSession(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>The namespace of that name; null if clients may not join it.</summary>
    public Namespace? FindNamespace(string name) => _namespaces.GetValueOrDefault(name);

    /// <inheritdoc/>
    public INamespace Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var full = name[0] == '/' ? name : "/" + name;
        if (_namespaces.TryGetValue(full, out var known))
        {
            return known;
        }

        lock (_starting)
        {
            return _namespaces.GetOrAdd(full, Create);
        }
    }

    /// <inheritdoc/>
    public INamespace On(string eventName, Delegate handler)
    {
        _main.On(eventName, handler);
        return this;
    }

    /// <inheritdoc/>
    public INamespace OnConnect(Delegate handler)
    {
        _main.OnConnect(handler);
        return this;
    }

    /// <inheritdoc/>
    public INamespace OnDisconnect(Delegate handler)
    {
        _main.OnDisconnect(handler);
        return this;
    }

    /// <inheritdoc/>
    public Socket? Find(string socketId) => _main.Find(socketId);

    /// <inheritdoc/>
    public IBroadcaster To(params string[] rooms) => _main.To(rooms);

    /// <inheritdoc/>
    public IBroadcaster Except(params string[] rooms) => _main.Except(rooms);

    /// <inheritdoc/>
    public Task EmitAsync(string eventName, params object?[] arguments) => _main.EmitAsync(eventName, arguments);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SocketIdsAsync(CancellationToken cancellationToken = default) =>
        _main.SocketIdsAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => Deadlines.Dispose();

    private Namespace Create(string name)
    {
        var created = new Namespace(name, this);
        if (_system is not null)
        {
            StartRooms(created, _system);
        }

        return created;
    }

    private static void StartRooms(Namespace owner, ActorSystem system)
    {
        Func<RoomName, IEnumerable<IRoomMember>> roster = owner.Roster;
        owner.Start(new LocalRoomRouter(system.ActorOf(NamespaceActor.Props(roster))));
    }

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

    private Protocol.WirePacket OpenPacketOf(Session session, EngineTransport kind)
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
            Log.SessionClosed(session.LogName, session.EndedBy?.Text ?? "");
        }
    }
}
