using System.Collections.Concurrent;
using AkkaChat.Delivery;

namespace AkkaChat.Sockets;

/// <summary>
/// How many sockets of this node are in each room of a namespace, by the sockets' own lists. Costs an entry for each room
/// that has members here. Thread-safe.
/// </summary>
internal sealed class RoomCensus
{
    private readonly ConcurrentDictionary<string, int> _members = new(StringComparer.Ordinal);

    /// <summary>How many rooms of the application's have members here.</summary>
    public int Count => _members.Keys.Count(room => !TargetName.IsInternal(room));

    public void Add(string room) => _members.AddOrUpdate(room, 1, static (_, count) => count + 1);

    public void Remove(string room)
    {
        while (_members.TryGetValue(room, out var count))
        {
            if (count > 1 ? _members.TryUpdate(room, count - 1, count) : _members.TryRemove(new(room, count)))
            {
                return;
            }
        }
    }

    /// <summary>
    /// The first rooms of the application's in ordinal order. One pass over all rooms, with memory for those that are given.
    /// </summary>
    /// <param name="after">Only names behind this one; null: from the first.</param>
    /// <param name="prefix">Only names that begin so.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<RoomInfo> List(string? after, string prefix, int limit)
    {
        // The last name is at the head, to make place for one that comes before it.
        var first = new PriorityQueue<RoomInfo, string>(limit + 1, Comparer<string>.Create(static (a, b) => string.CompareOrdinal(b, a)));
        foreach (var (name, count) in _members)
        {
            var isAsked = !TargetName.IsInternal(name)
                && name.StartsWith(prefix, StringComparison.Ordinal)
                && (after is null || string.CompareOrdinal(name, after) > 0);
            if (isAsked)
            {
                first.Enqueue(new RoomInfo(name, count), name);
            }

            if (first.Count > limit)
            {
                first.Dequeue();
            }
        }

        return [.. first.UnorderedItems.Select(item => item.Element).OrderBy(room => room.Name, StringComparer.Ordinal)];
    }
}
