using System.Text.Json;
using AkkaChat.Delivery;
using AkkaChat.Logs.Clustered;
using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Sockets;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>The logs of a server's durable rooms: the store, what writes it, and the way from it to the rooms. Thread-safe.</summary>
internal sealed class RoomLogs : IDisposable
{
    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(36_500);

    private readonly IRoomLogStore _store;
    private readonly Func<string, string, RoomLogLimits>? _limits;
    private ITimer? _trimming;
    private int _isTrimming;

    public RoomLogs(AkkaChatServer server, IRoomLogStore store, Func<string, string, RoomLogLimits>? limits, LogsLog log)
    {
        Server = server;
        Log = log;
        _store = store;
        _limits = limits;
        Calls = new StoreCalls(store, server.Settings.EmitTimeout, server.Time);
        Reader = new LogReader(Calls);
        Writer = new LogWriter(this);
    }

    public AkkaChatServer Server { get; }

    public StoreCalls Calls { get; }

    public LogReader Reader { get; }

    public LogWriter Writer { get; }

    public LogsLog Log { get; }

    /// <summary>This node's part in the logs of a cluster; null if the node is alone.</summary>
    public ClusterLogs? Cluster { get; private set; }

    /// <summary>Makes the store ready and begins to write.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _store.OpenAsync(cancellationToken);
        Writer.Start();
        _trimming = Server.Time.CreateTimer(_ => _ = TrimAsync(), null, TrimInterval, TrimInterval);
    }

    /// <summary>Lets this node write whenever it is elected, and ask the one that is. To be called before the server starts.</summary>
    /// <param name="election">Says who is to write.</param>
    /// <param name="largest">The most bytes that nodes pass on in one piece.</param>
    public void StartInCluster(IWriterElection election, int largest)
    {
        Cluster = new ClusterLogs(this, election, largest);
        Cluster.Start();
    }

    /// <summary>Takes nothing more, and lets what waits be stored, until the limit.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        try
        {
            // The host waits for it, by the clock on the wall.
            await (Cluster?.StopAsync() ?? Writer.StopAsync()).WaitAsync(limit, TimeProvider.System);
        }
        catch (TimeoutException exception)
        {
            Log.StoreFailed(exception, 0);
        }
    }

    /// <summary>Writes no more, and closes the store, for another node to open it.</summary>
    public async Task CloseAsync()
    {
        await Writer.StopAsync();
        _trimming?.Dispose();
        await _store.DisposeAsync();
    }

    /// <summary>Reads a part of a log, wherever it is.</summary>
    public Task<(LogSlice Slice, bool IsContinuous)> ReadAsync(RoomLogKey log, LogReading reading, CancellationToken cancellationToken) =>
        Cluster is { } cluster ? cluster.ReadAsync(log, reading, cancellationToken) : Reader.ReadAsync(log, reading, cancellationToken);

    /// <summary>How much of a log is kept.</summary>
    /// <exception cref="InvalidOperationException">The application's rule gives limits that cannot be.</exception>
    public RoomLogLimits LimitsOf(RoomLogKey log)
    {
        if (_limits is null)
        {
            return Server.Settings.RoomLogs;
        }

        var limits = _limits(log.Namespace, log.Room);
        return limits is { MaxEntries: >= 1 } && limits.MaxAge > TimeSpan.Zero && limits.MaxAge <= LongestAge ? limits : throw new InvalidOperationException(
            $"RoomLogLimits gives {limits} for room '{log.Room}': at least one message must be kept, for a time above zero and up to {LongestAge.TotalDays} days.");
    }

    /// <summary>Sends a message to the members of its room. Calls for one room take effect in their order.</summary>
    /// <returns>Completes when every member's outbox has it, in a cluster those of this node.</returns>
    public Task Emit(RoomLogKey log, LogPosition position, string eventName, ArgumentData arguments, PublishOperation? publisher = null)
    {
        try
        {
            return Cluster is { } cluster
                ? cluster.EmitAsync(log, position, eventName, arguments, publisher)
                : EmitHere(log, position, eventName, arguments);
        }
        catch (Exception exception)
        {
            // Whoever watches what goes out has thrown. The message is stored; the next ones must go on.
            Log.EmitFailed(exception, log.Room, log.Namespace);
            return Task.FromException(exception);
        }
    }

    /// <summary>As <see cref="Emit"/>, for a message from the store, whose publisher knows nothing of it any more.</summary>
    public Task EmitStored(RoomLogKey log, string epoch, StoredEntry entry)
    {
        try
        {
            var (eventName, arguments) = LogEventCodec.Decode(entry.Content);
            return Emit(log, new LogPosition(epoch, entry.Offset), eventName, arguments);
        }
        catch (JsonException exception)
        {
            Log.EmitFailed(exception, log.Room, log.Namespace);
            return Task.CompletedTask;
        }
    }

    /// <summary>A message from the store, as a client gets it.</summary>
    public static WirePacket Packet(Namespace owner, string epoch, StoredEntry entry)
    {
        var (eventName, arguments) = LogEventCodec.Decode(entry.Content);
        return Encode(owner, new LogPosition(epoch, entry.Offset), eventName, arguments);
    }

    /// <summary>As <see cref="Packet"/>; null, and in the log, if it cannot be made, for the next messages must go on.</summary>
    public WirePacket? TryPacket(Namespace owner, RoomLogKey log, string epoch, StoredEntry entry)
    {
        try
        {
            return Packet(owner, epoch, entry);
        }
        catch (Exception exception)
        {
            Log.EmitFailed(exception, log.Room, log.Namespace);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cluster?.Dispose();
        _trimming?.Dispose();
    }

    public static WirePacket Encode(Namespace owner, LogPosition position, string eventName, ArgumentData arguments) =>
        owner.EncodeEvent(eventName, null, [new EventArguments(arguments, owner.Serializer), position]);

    private Task EmitHere(RoomLogKey log, LogPosition position, string eventName, ArgumentData arguments)
    {
        if (Server.FindNamespace(log.Namespace) is not { } owner)
        {
            return Task.CompletedTask;
        }

        var room = new Selection(owner, [log.Room], [], null, EmitOptions.Default);
        var publication = new Publication(room, Encode(owner, position, eventName, arguments));
        publication.Start();
        return publication.Task;
    }

    private async Task TrimAsync()
    {
        if (Interlocked.Exchange(ref _isTrimming, 1) != 0)
        {
            return;
        }

        try
        {
            await _store.TrimAsync(Server.Time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.TrimFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _isTrimming, 0);
        }
    }
}
