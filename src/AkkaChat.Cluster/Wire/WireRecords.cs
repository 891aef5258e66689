using AkkaChat.Ownership;
using AkkaChat.Rooms;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Wire;

/// <summary>The parts that wire messages have in common, written and read.</summary>
internal static class WireRecords
{
    public static void Address(this WireWriter writer, RoomAddress room)
    {
        writer.Text(room.Namespace);
        writer.Flag(room.Room.Value is not null);
        writer.Text(room.Room.Value ?? "");
    }

    public static RoomAddress Address(this ref WireReader reader)
    {
        var name = reader.Text();
        var isNamed = reader.Flag();
        var room = reader.Text();
        return new RoomAddress(name, isNamed ? new RoomName(room) : RoomName.Everyone);
    }

    public static void Incarnation(this WireWriter writer, Incarnation incarnation)
    {
        writer.Text(incarnation.Node ?? "");
        writer.Number(incarnation.Number);
    }

    /// <summary>The default, which is nobody, has no name; it is read as the default again.</summary>
    public static Incarnation Incarnation(this ref WireReader reader)
    {
        var node = reader.Text();
        var number = reader.Number();
        return node.Length == 0 ? new Incarnation(null!, number) : new Incarnation(node, number);
    }

    public static void Target(this WireWriter writer, Incarnation? target)
    {
        writer.Flag(target is not null);
        if (target is { } incarnation)
        {
            writer.Incarnation(incarnation);
        }
    }

    public static Incarnation? Target(this ref WireReader reader) => reader.Flag() ? reader.Incarnation() : null;

    public static void Epoch(this WireWriter writer, Epoch epoch)
    {
        writer.Number(epoch.Number);
        writer.Incarnation(epoch.Owner);
    }

    public static Epoch Epoch(this ref WireReader reader) => new(reader.Number(), reader.Incarnation());

    public static void Header(this WireWriter writer, RelayHeader header)
    {
        var start = writer.BeginRecord();
        writer.Incarnation(header.Relay);
        writer.Epoch(header.Promised);
        writer.Number(header.Settled);
        writer.EndRecord(start);
    }

    public static RelayHeader Header(this ref WireReader reader)
    {
        var outer = reader.BeginRecord();
        var header = new RelayHeader(reader.Incarnation(), reader.Epoch(), reader.Number());
        reader.EndRecord(outer);
        return header;
    }

    public static void Payload(this WireWriter writer, RoomPayload payload) => writer.Bytes(((RoomContent)payload.Content).Bytes.Span);

    public static RoomPayload Payload(this ref WireReader reader) => RoomContent.Payload(reader.Bytes());

    public static void Entries(this WireWriter writer, IReadOnlyList<RoomEntry> entries)
    {
        writer.Number(entries.Count);
        foreach (var entry in entries)
        {
            writer.Entry(entry);
        }
    }

    public static IReadOnlyList<RoomEntry> Entries(this ref WireReader reader)
    {
        var entries = new RoomEntry[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = reader.Entry();
        }

        return entries;
    }

    private static void Entry(this WireWriter writer, RoomEntry entry)
    {
        var start = writer.BeginRecord();
        writer.Number(entry.Sequence);
        writer.Incarnation(entry.Origin.Relay);
        writer.Number(entry.Origin.Number);
        writer.Flag(entry.Payload is not null);
        if (entry.Payload is { } payload)
        {
            writer.Payload(payload);
        }

        writer.EndRecord(start);
    }

    private static RoomEntry Entry(this ref WireReader reader)
    {
        var outer = reader.BeginRecord();
        var sequence = reader.Number();
        var origin = new PublishId(reader.Incarnation(), reader.Number());
        var payload = reader.Flag() ? reader.Payload() : null;
        reader.EndRecord(outer);
        return new RoomEntry(sequence, origin, payload);
    }
}
