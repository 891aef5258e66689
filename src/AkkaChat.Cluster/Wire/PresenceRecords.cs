using AkkaChat.Nodes;
using AkkaChat.Presence;

namespace AkkaChat.Wire;

/// <summary>What nodes tell each other of the presence in rooms, written and read.</summary>
internal static class PresenceRecords
{
    private const int LeastRecord = sizeof(int);

    public static void Push(this WireWriter writer, NodeRequest.PresencePush push)
    {
        writer.Text(push.Node);
        writer.Number(push.After);
        writer.Number(push.Stamp);
        writer.Number(push.Changes.Count);
        foreach (var change in push.Changes)
        {
            var start = writer.BeginRecord();
            writer.Room(change.Room);
            writer.PresenceEntries(change.Joins);
            writer.Texts([.. change.Leaves]);
            writer.EndRecord(start);
        }
    }

    public static NodeRequest.PresencePush Push(this ref WireReader reader)
    {
        var (node, after, stamp) = (reader.Text(), reader.Number(), reader.Number());
        var changes = new PresenceRoomChange[reader.Count(LeastRecord)];
        for (var i = 0; i < changes.Length; i++)
        {
            var outer = reader.BeginRecord();
            changes[i] = new PresenceRoomChange(reader.Room(), reader.PresenceEntries(), reader.Texts());
            reader.EndRecord(outer);
        }

        return new NodeRequest.PresencePush(node, after, stamp, changes);
    }

    public static void Pull(this WireWriter writer, NodeRequest.PresencePull pull)
    {
        writer.Number(pull.Rooms.Count);
        foreach (var room in pull.Rooms)
        {
            writer.Room(room);
        }
    }

    public static NodeRequest.PresencePull Pull(this ref WireReader reader)
    {
        var rooms = new PresenceKey[reader.Count(least: 2)];
        for (var i = 0; i < rooms.Length; i++)
        {
            rooms[i] = reader.Room();
        }

        return new NodeRequest.PresencePull(rooms);
    }

    public static void Presence(this WireWriter writer, NodeReply.Presence presence)
    {
        writer.Number(presence.Stamp);
        writer.Number(presence.Snapshots.Count);
        foreach (var snapshot in presence.Snapshots)
        {
            var start = writer.BeginRecord();
            writer.Room(snapshot.Room);
            writer.PresenceEntries(snapshot.Entries);
            writer.EndRecord(start);
        }
    }

    public static NodeReply.Presence Presence(this ref WireReader reader)
    {
        var stamp = reader.Number();
        var snapshots = new PresenceSnapshot[reader.Count(LeastRecord)];
        for (var i = 0; i < snapshots.Length; i++)
        {
            var outer = reader.BeginRecord();
            snapshots[i] = new PresenceSnapshot(reader.Room(), reader.PresenceEntries());
            reader.EndRecord(outer);
        }

        return new NodeReply.Presence(stamp, snapshots);
    }

    private static void Room(this WireWriter writer, PresenceKey room)
    {
        writer.Text(room.Namespace);
        writer.Text(room.Room);
    }

    private static PresenceKey Room(this ref WireReader reader) => new(reader.Text(), reader.Text());

    private static void PresenceEntries(this WireWriter writer, IReadOnlyList<PresenceEntry> entries)
    {
        writer.Number(entries.Count);
        foreach (var entry in entries)
        {
            var start = writer.BeginRecord();
            writer.Text(entry.Ref);
            writer.Text(entry.Key);
            writer.Json(entry.Meta);
            writer.EndRecord(start);
        }
    }

    /// <summary>Entries outlive the message by far, so each gets bytes of its own.</summary>
    private static PresenceEntry[] PresenceEntries(this ref WireReader reader)
    {
        var entries = new PresenceEntry[reader.Count(LeastRecord)];
        for (var i = 0; i < entries.Length; i++)
        {
            var outer = reader.BeginRecord();
            entries[i] = new PresenceEntry(reader.Text(), reader.Text(), reader.Json().ToArray());
            reader.EndRecord(outer);
        }

        return entries;
    }
}
