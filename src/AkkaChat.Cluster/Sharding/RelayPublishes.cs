using AkkaChat.Delivery;
using AkkaChat.Ownership;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>
/// What this node publishes in one room, and how entries reach members: those of this node by the operation itself, which
/// knows who has had it by another way; those of other nodes by their bytes. Not thread-safe.
/// </summary>
internal sealed class RelayPublishes(RoomAddress room, Incarnation self, RoomNode node)
{
    /// <summary>Of those that failed and may appear all the same, so many are remembered.</summary>
    private const int MostFailed = 1_024;

    private readonly Dictionary<long, SelectionOperation> _own = [];
    private readonly Queue<long> _failed = new();

    /// <summary>Keeps a publish until it is confirmed or has failed; number 0 has failed already.</summary>
    public void Add(long number, SelectionOperation operation)
    {
        if (number == 0)
        {
            operation.Fail(new InvalidOperationException("Too many emits wait for the room already; this one never left its node."));
            return;
        }

        _own[number] = operation;
    }

    /// <summary>Brings an entry to members, each unless it is excepted.</summary>
    public void Deliver(RoomEntry entry, IReadOnlyCollection<IRoomMember> members)
    {
        if (entry.Origin.Relay == self && _own.TryGetValue(entry.Origin.Number, out var operation))
        {
            foreach (var member in members)
            {
                operation.Reach(member);
            }
        }
        else if (entry.Payload is { } payload)
        {
            Deliver(entry.Sequence, ((RoomContent)payload.Content).Bytes, members);
        }
    }

    public void Confirm(long number, long sequence)
    {
        if (_own.Remove(number, out var operation))
        {
            operation.OnPlaced(room.Room, sequence);
            operation.Done();
        }
    }

    public void Fail(long number, bool mayAppear)
    {
        if (!_own.TryGetValue(number, out var operation))
        {
            return;
        }

        operation.Fail(new TimeoutException(mayAppear
            ? "The room has not confirmed the emit in time. Nobody knows whether it will appear; if so, once."
            : "The room has no owner at present. The emit never left its node and will not appear."));
        if (!mayAppear)
        {
            _own.Remove(number);
            return;
        }

        _failed.Enqueue(number);
        if (_failed.Count > MostFailed)
        {
            _own.Remove(_failed.Dequeue());
        }
    }

    public void FailAll(Exception reason)
    {
        foreach (var operation in _own.Values)
        {
            operation.Fail(reason);
        }
    }

    private void Deliver(long sequence, ReadOnlyMemory<byte> bytes, IReadOnlyCollection<IRoomMember> members)
    {
        if (!PublicationFormat.TryRead(bytes, out var content))
        {
            node.Log.ContentUnreadable(room.ToString(), sequence, bytes.Length);
            return;
        }

        node.Foreign.Deliver(content, members);
    }
}
