using System.Diagnostics.CodeAnalysis;
using AkkaChat.Delivery;
using AkkaChat.Rooms;

namespace AkkaChat.Sharding;

/// <summary>The members of one room on one node, and those that wait to be let in. Not thread-safe.</summary>
internal sealed class RelayMembers(RoomName room)
{
    private readonly Dictionary<string, IRoomMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Joining> _joining = new(StringComparer.Ordinal);
    private IRoomHome? _home;

    public IReadOnlyCollection<IRoomMember> All => _members.Values;

    public bool IsEmpty => _members.Count + _joining.Count == 0;

    /// <summary>Takes a join; true if the room has to be asked, false if the socket is in or waits already.</summary>
    public bool Begin(RoomMessages.Join join, IRoomHome home)
    {
        if (_members.ContainsKey(join.Member.Id))
        {
            join.Operation.Done();
            return false;
        }

        if (IsEmpty)
        {
            _home = home;
            home.Observe(RoomEventKind.Created, room, null);
        }

        if (_joining.TryGetValue(join.Member.Id, out var waiting))
        {
            waiting.Operations.Add(join.Operation);
            return false;
        }

        _joining[join.Member.Id] = new Joining(join.Member, [join.Operation]);
        return true;
    }

    /// <summary>The socket is in.</summary>
    public void Complete(string id)
    {
        if (_joining.Remove(id, out var joining))
        {
            _members[id] = joining.Member;
            _home?.Observe(RoomEventKind.Joined, room, id);
            joining.Operations.ForEach(operation => operation.Done());
        }
    }

    /// <summary>The socket has not been let in; gives it, if it still waited.</summary>
    public IRoomMember? Fail(string id, Exception reason)
    {
        if (!_joining.Remove(id, out var joining))
        {
            return null;
        }

        joining.Operations.ForEach(operation => operation.Fail(reason));
        ObserveIfEmpty();
        return joining.Member;
    }

    /// <summary>Ends a membership, or the wait for it: then the join has taken effect and been undone.</summary>
    public void Leave(RoomMessages.Leave leave)
    {
        var id = leave.Member.Id;
        var wasThere = TryRemove(id, out var joining);
        joining?.Operations.ForEach(operation => operation.Done());
        leave.Operation.Done();
        if (wasThere)
        {
            ObserveIfEmpty();
        }
    }

    /// <summary>Fails whoever waits; gives all.</summary>
    public IReadOnlyList<IRoomMember> FailAll(Exception reason)
    {
        foreach (var operation in _joining.Values.SelectMany(joining => joining.Operations))
        {
            operation.Fail(reason);
        }

        return [.. _members.Values, .. _joining.Values.Select(joining => joining.Member)];
    }

    private bool TryRemove(string id, [MaybeNullWhen(false)] out Joining? joining)
    {
        if (_members.Remove(id))
        {
            _home?.Observe(RoomEventKind.Left, room, id);
            joining = null;
            return true;
        }

        return _joining.Remove(id, out joining);
    }

    private void ObserveIfEmpty()
    {
        if (IsEmpty)
        {
            _home?.Observe(RoomEventKind.Deleted, room, null);
        }
    }

    private sealed record Joining(IRoomMember Member, List<Operation> Operations);
}
