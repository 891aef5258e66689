using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Presence;

/// <summary>
/// The presence of one room on this node: from the first socket that is tracked to the last that leaves. What its clients are
/// told goes into their outboxes in its lock, so that each gets the state, then every change behind it. Thread-safe.
/// </summary>
/// <param name="owner">The namespace.</param>
/// <param name="name">The room's name.</param>
/// <param name="nodes">The other nodes that are asked for theirs.</param>
internal sealed class PresenceRoom(Namespace owner, string name, IEnumerable<string> nodes)
{
    private readonly Lock _gate = new();
    private readonly PresenceView _view = new();
    private readonly Dictionary<string, Participant> _here = new(StringComparer.Ordinal);
    private readonly HashSet<string> _awaited = [.. nodes];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;
    private int _shown;
    private bool _isClosed;

    public PresenceKey Key { get; } = new(owner.Name, name);

    /// <summary>Completes when all nodes that were asked at the beginning have answered, or gone.</summary>
    public Task WhenComplete()
    {
        lock (_gate)
        {
            return _awaited.Count == 0 ? Task.CompletedTask : _complete.Task;
        }
    }

    /// <summary>Takes a socket in, or replaces its entry; false if the room has ended.</summary>
    public bool TryTrack(IRoomMember member, PresenceEntry entry)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (!_here.TryGetValue(member.Id, out var participant))
            {
                _here[member.Id] = participant = new Participant(member);
            }

            Replace(participant, entry);
            return true;
        }
    }

    /// <summary>Tells a socket the state, and from then on the changes, if it is still here.</summary>
    public void Show(string socketId)
    {
        lock (_gate)
        {
            if (!_here.TryGetValue(socketId, out var participant))
            {
                return;
            }

            if (_shown == 0)
            {
                // Nobody has been told anything: what is there now is the state.
                _view.TakeForClients();
            }

            _shown += participant.IsShown ? 0 : 1;
            participant.IsShown = true;
            participant.Member.Deliver(PresenceJson.State(owner, name, _view.AllAsTold, _version), isVolatile: false);
        }
    }

    /// <summary>Gives a socket another entry of the same key; false if it has none.</summary>
    public bool TryUpdate(string socketId, Func<string, PresenceEntry> change)
    {
        lock (_gate)
        {
            if (_here.GetValueOrDefault(socketId) is not { Entry: { } before } participant)
            {
                return false;
            }

            Replace(participant, change(before.Key));
            return true;
        }
    }

    /// <summary>Takes a socket's entry off.</summary>
    public void Untrack(string socketId)
    {
        lock (_gate)
        {
            if (_here.TryGetValue(socketId, out var participant))
            {
                Replace(participant, null);
            }
        }
    }

    /// <summary>A socket has left the room.</summary>
    /// <param name="socketId">The socket.</param>
    /// <param name="entryRef">Only if this is its entry; null: whatever is.</param>
    /// <returns>Whether it was the last one, and the room has ended.</returns>
    public bool Leave(string socketId, string? entryRef = null)
    {
        lock (_gate)
        {
            if (!_here.TryGetValue(socketId, out var participant) || (entryRef is not null && participant.Entry?.Ref != entryRef))
            {
                return false;
            }

            Replace(participant, null);
            _shown -= participant.IsShown ? 1 : 0;
            _here.Remove(socketId);
            return _isClosed = _here.Count == 0;
        }
    }

    /// <summary>This node's entries, as they are.</summary>
    public IReadOnlyList<PresenceEntry> Here()
    {
        lock (_gate)
        {
            return [.. _view.Here];
        }
    }

    /// <summary>This node's entries, as other nodes have been told.</summary>
    public IReadOnlyList<PresenceEntry> HereAsTold()
    {
        lock (_gate)
        {
            return [.. _view.HereAsTold];
        }
    }

    /// <summary>Another node has said what has changed.</summary>
    public void Apply(string node, long stamp, IEnumerable<PresenceRoomChange> changes)
    {
        lock (_gate)
        {
            _view.Apply(node, stamp, changes);
        }
    }

    /// <summary>Another node has said all; false if it has to be asked again.</summary>
    public bool TryReplace(string node, long stamp, IReadOnlyCollection<PresenceEntry> entries)
    {
        lock (_gate)
        {
            var isNew = _view.TryReplace(node, stamp, entries);
            if (isNew)
            {
                AwaitNoMore(node);
            }

            return isNew;
        }
    }

    /// <summary>Another node has gone.</summary>
    public void Forget(string node)
    {
        lock (_gate)
        {
            _view.Forget(node);
            AwaitNoMore(node);
        }
    }

    /// <summary>Tells this node's clients what has changed, and says what the other nodes are to be told.</summary>
    public PresenceDiff Tell()
    {
        lock (_gate)
        {
            var diff = _view.TakeForClients();
            if (!diff.IsEmpty && _shown > 0)
            {
                Deliver(diff);
            }

            return _view.TakeForNodes();
        }
    }

    private void Deliver(PresenceDiff diff)
    {
        var packet = PresenceJson.Diff(owner, name, diff, ++_version);
        foreach (var participant in _here.Values)
        {
            if (participant.IsShown)
            {
                participant.Member.Deliver(packet, isVolatile: false);
            }
        }
    }

    private void Replace(Participant participant, PresenceEntry? entry)
    {
        if (participant.Entry is { } before)
        {
            _view.Remove(before);
        }

        if (entry is not null)
        {
            _view.Add(entry);
        }

        participant.Entry = entry;
    }

    private void AwaitNoMore(string node)
    {
        _awaited.Remove(node);
        if (_awaited.Count == 0)
        {
            _complete.TrySetResult();
        }
    }

    /// <summary>A socket of this node that is tracked, or was and is in the room still.</summary>
    private sealed class Participant(IRoomMember member)
    {
        public IRoomMember Member { get; } = member;

        public PresenceEntry? Entry { get; set; }

        /// <summary>Whether its client has been told the state.</summary>
        public bool IsShown { get; set; }
    }
}
