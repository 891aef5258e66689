using AkkaChat.Delivery;
using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// A node's part in the logs of a cluster. One node writes: the one that is elected, once those that may have written before it
/// have stopped. All others ask it. Thread-safe.
/// </summary>
internal sealed class ClusterLogs : IDisposable
{
    private const int ReadAtOnce = 500;

    /// <summary>What a message has around it on its way.</summary>
    private const int Envelope = 16 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly RoomLogs _logs;
    private readonly IWriterElection _election;
    private readonly int _largest;
    private readonly SharedReads _reads;
    private readonly LogResends _resends;
    private string? _lastElected;
    private bool _hasWritten;
    private volatile bool _isWriting;

    public ClusterLogs(RoomLogs logs, IWriterElection election, int largest)
    {
        _largest = largest - Envelope;
        _logs = logs;
        _election = election;
        _reads = new SharedReads(ReplayAsync, logs.Log.CatchUpFailed, logs.Server.Time);
        _resends = new LogResends(logs);
        Writer = new LogWriterNode(logs.Server, election);
    }

    /// <summary>Whether this node is the one that writes.</summary>
    public bool IsWriting => _isWriting;

    /// <summary>The node that writes, if it is another one.</summary>
    public LogWriterNode Writer { get; }

    public void Start()
    {
        using var flow = ExecutionContext.SuppressFlow();
        _ = Task.Run(RunAsync);
    }

    /// <summary>Lets what waits be stored, and takes nothing more.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        _election.Say(LogWriting.NoMore);
        await StopWritingAsync();
    }

    /// <summary>Another node is to write: completes when this one does no more.</summary>
    /// <exception cref="InvalidOperationException">As this one sees it, it is still to write.</exception>
    public Task ReleaseAsync() => _election.Elected == _logs.Server.Incarnation && !_election.IsOut
        ? throw new InvalidOperationException("This node has been elected to write the room logs.")
        : StopWritingAsync();

    /// <summary>Refuses a message that could be stored, and then not be brought to other nodes.</summary>
    /// <exception cref="InvalidOperationException">It is too large.</exception>
    public void CheckSize(int bytes)
    {
        if (bytes > _largest)
        {
            throw new InvalidOperationException(
                $"The message has {bytes} bytes; nodes of a cluster pass on at most {_largest} (twice akkachat.max-payload).");
        }
    }

    /// <summary>Reads a part of a log, wherever it is.</summary>
    public Task<(LogSlice Slice, bool IsContinuous)> ReadAsync(RoomLogKey log, LogReading reading, CancellationToken cancellationToken) =>
        _isWriting ? _logs.Reader.ReadAsync(log, reading, cancellationToken) : Writer.ReadAsync(log, reading, cancellationToken);

    /// <summary>A place for a socket that is about to come in.</summary>
    public LogPlace PlaceOf(RoomLogKey log, Socket socket) => new(log, socket.SendLogged, _reads);

    /// <summary>Sends a message to the members of its room, wherever they are. Calls for one room take effect in their order.</summary>
    public Task EmitAsync(RoomLogKey log, LogPosition position, string eventName, ArgumentData arguments, PublishOperation? publisher)
    {
        var owner = _logs.Server.RoomsOf(log.Namespace);
        var room = new Selection(owner, [log.Room], [], null, EmitOptions.Default);
        var publication = new LogPublication(
            room, RoomLogs.Encode(owner, position, eventName, arguments), new LogMark(log.Room, position));
        publication.Start();
        return EndAsync();

        async Task EndAsync()
        {
            try
            {
                await publication.Task;
                publisher?.Placed(publication.Sequence);
            }
            catch (Exception exception)
            {
                _resends.Add(log, position, eventName, arguments);
                throw LogUnavailable.Of(exception);
            }
        }
    }

    /// <summary>Completes when the members on this node have what is at a place in a room's order.</summary>
    /// <exception cref="TimeoutException">They do not have it in time, and may never: its room may have lost it on its way.</exception>
    public async Task DeliveredAsync(RoomLogKey log, long sequence)
    {
        if (sequence <= 0)
        {
            return;
        }

        var limit = _logs.Server.Settings.EmitTimeout;
        using var ending = new CancellationTokenSource(limit, _logs.Server.Time);
        try
        {
            await _logs.Server.RoomsOf(log.Namespace).Rooms.WhenDeliveredAsync(new Rooms.RoomName(log.Room), sequence, ending.Token);
        }
        catch (OperationCanceledException exception) when (ending.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The message is stored; the members on this node did not get it within {limit.TotalSeconds:0.###} s (akkachat.emit-timeout).",
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _resends.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, _logs.Server.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    /// <summary>Does what the election has decided. What fails is tried again at the next look.</summary>
    private async Task LookAsync()
    {
        try
        {
            var elected = _election.Elected;
            if (elected is not null && Interlocked.Exchange(ref _lastElected, elected) != elected)
            {
                CheckAllPlaces();
            }

            if (elected == _logs.Server.Incarnation && !_election.IsOut)
            {
                await TryBeginAsync();
            }
            else if (_isWriting && (elected is not null || _election.IsOut))
            {
                await StopWritingAsync();
            }
        }
        catch (Exception exception) when (!_ending.IsCancellationRequested)
        {
            _logs.Log.NotOpened(exception);
            await Task.Delay(RetryAfter, _logs.Server.Time, _ending.Token);
        }
    }

    private async Task TryBeginAsync()
    {
        if (_isWriting || _hasWritten || _election.Elders is not { } elders || !await Writer.ReleaseAsync(elders))
        {
            return;
        }

        await _changing.WaitAsync(_ending.Token);
        try
        {
            using var limit = new CancellationTokenSource(_logs.Server.Settings.EmitTimeout, _logs.Server.Time);
            await _logs.StartAsync(limit.Token);
            _isWriting = _hasWritten = true;
            _election.Say(LogWriting.Now);
            _logs.Log.Writing();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>A store that was closed is not opened again: whoever is to write no more is about to leave.</summary>
    private async Task StopWritingAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_isWriting)
            {
                _isWriting = false;
                _election.Say(LogWriting.NoMore);
                await _logs.CloseAsync();
                _logs.Log.WritesNoMore();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Another node writes: what the one before had stored, and perhaps not sent, is looked for.</summary>
    private void CheckAllPlaces()
    {
        foreach (var place in _logs.Server.Namespaces.SelectMany(one => one.Sockets).SelectMany(socket => socket.LogPlaces))
        {
            place.Check();
        }
    }

    private async Task<LogReplay> ReplayAsync(RoomLogKey log, LogPosition at)
    {
        var owner = _logs.Server.RoomsOf(log.Namespace);
        var (slice, _) = await ReadAsync(log, new LogReading(LogReadingKind.Up, at, ReadAtOnce), CancellationToken.None);
        List<(LogPosition, Protocol.WirePacket)> messages = [];
        foreach (var entry in slice.Entries)
        {
            if (_logs.TryPacket(owner, log, slice.Top.Epoch, entry) is { } packet)
            {
                messages.Add((slice.Top with { Offset = entry.Offset }, packet));
            }
        }

        var end = slice.Entries is [.., var last] ? slice.Top with { Offset = last.Offset } : slice.Top;
        return new LogReplay(messages, end, end == slice.Top);
    }
}
