using AkkaChat.Nodes;

namespace AkkaChat.Presence;

/// <summary>
/// The presence that nodes tell each other. Each tells all others what changes among its own entries, under stamps without
/// gaps, and says again up to where it has spoken until all have heard it. Whoever finds a gap, hears of a node for the first
/// time, or begins to have a room, asks that node for its entries in the rooms it has. Thread-safe.
/// </summary>
internal sealed class PresencePeers(AkkaChatServer server, PresenceHub hub) : INodeObserver
{
    /// <summary>So many entries at most are one piece of a message, of about 400 KB.</summary>
    private const int MostEntries = 256;

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PresencePeer> _peers = new(StringComparer.Ordinal);
    private long _stamp;
    private long _unheard;
    private bool _isAnnouncing;

    /// <summary>The other nodes.</summary>
    public IReadOnlyCollection<string> Known()
    {
        lock (_gate)
        {
            return [.. _peers.Keys];
        }
    }

    /// <inheritdoc/>
    public void Came(string incarnation)
    {
        var peer = new PresencePeer(incarnation);
        lock (_gate)
        {
            _peers[incarnation] = peer;
        }

        Want(peer, Held().Select(room => room.Key));
    }

    /// <inheritdoc/>
    public void Gone(string incarnation)
    {
        lock (_gate)
        {
            _peers.Remove(incarnation);
        }

        foreach (var room in Held())
        {
            room.Forget(incarnation);
            hub.Changed(room);
        }
    }

    /// <summary>Asks all other nodes for their entries in rooms, until each has answered or gone.</summary>
    public void Want(IReadOnlyCollection<PresenceKey> rooms)
    {
        List<PresencePeer> peers;
        lock (_gate)
        {
            peers = [.. _peers.Values];
        }

        foreach (var peer in peers)
        {
            Want(peer, rooms);
        }
    }

    /// <summary>Tells the other nodes what has changed here. Called by one thread at a time.</summary>
    public void Push(IEnumerable<(PresenceKey Room, PresenceDiff Diff)> changes)
    {
        foreach (var page in Pages.Of(changes.SelectMany(change => Pieces(change.Room, change.Diff)), change => change.Size))
        {
            if (page.Count > 0)
            {
                Tell(page);
            }
        }
    }

    /// <summary>Another node tells what has changed there. Called in the order in which it does.</summary>
    public void Take(NodeRequest.PresencePush push)
    {
        if (Find(push.Node) is not { } peer)
        {
            // Not known yet, or not any more. It is asked for all when it is known.
            return;
        }

        foreach (var changes in push.Changes.GroupBy(change => change.Room))
        {
            if (RoomOf(changes.Key) is { } room)
            {
                room.Apply(push.Node, push.Stamp, changes);
                hub.Changed(room);
            }
        }

        if (!peer.Hear(push.After, push.Stamp))
        {
            Want(peer, Held().Select(room => room.Key));
        }
    }

    /// <summary>This node's entries, for another one.</summary>
    public IEnumerable<NodeReply> Answer(NodeRequest.PresencePull request)
    {
        // The stamp first: what is told meanwhile is in it too, and is told once more, which changes nothing.
        var stamp = Interlocked.Read(ref _stamp);
        return Pages.Of(request.Rooms.SelectMany(SnapshotsOf), snapshot => snapshot.Size)
            .Select(page => new NodeReply.Presence(stamp, page));
    }

    private static IEnumerable<PresenceRoomChange> Pieces(PresenceKey room, PresenceDiff diff) =>
        diff.Leaves.Select(entry => entry.Ref).Chunk(MostEntries).Select(leaves => new PresenceRoomChange(room, [], leaves))
            .Concat(diff.Joins.Chunk(MostEntries).Select(joins => new PresenceRoomChange(room, joins, [])));

    private IEnumerable<PresenceSnapshot> SnapshotsOf(PresenceKey key)
    {
        var entries = RoomOf(key)?.HereAsTold() ?? [];
        return entries.Chunk(MostEntries).DefaultIfEmpty([]).Select(piece => new PresenceSnapshot(key, piece));
    }

    private void Tell(IReadOnlyList<PresenceRoomChange> changes)
    {
        var after = _stamp;
        var stamp = Interlocked.Increment(ref _stamp);
        _ = TellAsync(new NodeRequest.PresencePush(server.Incarnation, after, stamp, changes));
    }

    private async Task TellAsync(NodeRequest.PresencePush push)
    {
        if (await IsHeardAsync(push))
        {
            return;
        }

        lock (_gate)
        {
            _unheard = Math.Max(_unheard, push.Stamp);
            if (_isAnnouncing)
            {
                return;
            }

            _isAnnouncing = true;
        }

        await AnnounceAsync();
    }

    /// <summary>Whoever has missed something learns so, and asks.</summary>
    private async Task AnnounceAsync()
    {
        var isHeard = false;
        while (!isHeard && !hub.IsStopped)
        {
            await hub.WaitAsync(RetryEvery);
            var stamp = Interlocked.Read(ref _stamp);
            isHeard = await IsHeardAsync(new NodeRequest.PresencePush(server.Incarnation, stamp, stamp, []));
            lock (_gate)
            {
                isHeard &= _unheard <= stamp;
                _isAnnouncing = !isHeard;
            }
        }
    }

    private async Task<bool> IsHeardAsync(NodeRequest.PresencePush push)
    {
        var replies = await server.Peers.AskAsync(push, null, server.Settings.EmitTimeout, CancellationToken.None);
        return replies.Missing.Count == 0;
    }

    private void Want(PresencePeer peer, IEnumerable<PresenceKey> rooms)
    {
        if (peer.Want(rooms))
        {
            _ = PullAsync(peer);
        }
    }

    private async Task PullAsync(PresencePeer peer)
    {
        while (peer.TakeWanted() is { Count: > 0 } rooms)
        {
            var replies = await server.Peers.AskAsync(
                new NodeRequest.PresencePull(rooms), [peer.Node], server.Settings.EmitTimeout, CancellationToken.None);
            var again = Take(peer, rooms, PresenceAnswer.Of(replies));
            peer.Want(again);
            if (again.Count > 0)
            {
                await hub.WaitAsync(RetryEvery);
            }
        }
    }

    /// <summary>What a node has answered.</summary>
    /// <returns>The rooms for which it has to be asked again.</returns>
    private List<PresenceKey> Take(PresencePeer peer, IEnumerable<PresenceKey> rooms, PresenceAnswer answer)
    {
        List<PresenceKey> again = [];
        lock (_gate)
        {
            // In the lock, so that nothing of a node comes in behind the news that it has gone.
            if (hub.IsStopped || _peers.GetValueOrDefault(peer.Node) != peer)
            {
                return again;
            }

            foreach (var room in rooms)
            {
                if (answer.Find(room) is not { } entries || !TryReplace(room, peer.Node, answer.Stamp, entries))
                {
                    again.Add(room);
                }
            }
        }

        return again;
    }

    private bool TryReplace(PresenceKey key, string node, long stamp, IReadOnlyCollection<PresenceEntry> entries)
    {
        if (RoomOf(key) is not { } room)
        {
            // Nobody is there any more who would want to know.
            return true;
        }

        var isTaken = room.TryReplace(node, stamp, entries);
        hub.Changed(room);
        return isTaken;
    }

    private PresencePeer? Find(string node)
    {
        lock (_gate)
        {
            return _peers.GetValueOrDefault(node);
        }
    }

    private IEnumerable<PresenceRoom> Held() => server.Namespaces.SelectMany(owner => owner.Presence.All);

    private PresenceRoom? RoomOf(PresenceKey key) => server.FindNamespace(key.Namespace)?.Presence.Find(key.Room);
}
