using System.Collections.Immutable;

namespace AkkaChat.Bench.Kestrel;

/// <summary>Who is in a room: read by every broadcast, changed seldom, so a change makes a new array.</summary>
internal sealed class Room
{
    private ImmutableArray<Connection> _members = [];

    public void Add(Connection connection) => ImmutableInterlocked.Update(ref _members, members => members.Add(connection));

    public void Remove(Connection connection) => ImmutableInterlocked.Update(ref _members, members => members.Remove(connection));

    /// <summary>Sends the one encoded message to all.</summary>
    public void Broadcast(ReadOnlyMemory<byte> message)
    {
        foreach (var member in _members)
        {
            member.Send(message);
        }
    }
}
