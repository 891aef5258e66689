using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Wire;

/// <summary>
/// What nodes ask and answer about logs of durable rooms, written and read: <c>kind (1 byte) | fields</c>, each kind under a number
/// that never changes. What is stored, and what clients have sent, passes as it is.
/// </summary>
internal static class LogRecords
{
    private const byte Publish = 1;
    private const byte Clear = 2;
    private const byte Read = 3;
    private const byte Release = 4;
    private const byte Replace = 5;

    private const byte Published = 1;
    private const byte Part = 2;
    private const byte Done = 3;
    private const byte Unavailable = 4;
    private const byte Replaced = 5;

    /// <summary>Offset, time, id and content, each of a byte at least.</summary>
    private const int LeastEntry = 5;

    public static void Position(this WireWriter writer, LogPosition position)
    {
        writer.Text(position.Epoch);
        writer.Number(position.Offset);
    }

    public static LogPosition Position(this ref WireReader reader) => new(reader.Text(), reader.Number());

    public static void LogAsked(this WireWriter writer, LogRequest request)
    {
        switch (request)
        {
            case LogRequest.Publish publish:
                writer.Byte(Publish);
                writer.Room(publish.Namespace, publish.Room);
                writer.Text(publish.EventName);
                writer.Arguments(publish.Arguments);
                writer.OptionalText(publish.MessageId);
                break;
            case LogRequest.Clear clear:
                writer.Byte(Clear);
                writer.Room(clear.Namespace, clear.Room);
                break;
            case LogRequest.Read read:
                writer.Byte(Read);
                writer.Room(read.Namespace, read.Room);
                writer.Reading(read.Reading);
                break;
            case LogRequest.Release:
                writer.Byte(Release);
                break;
            case LogRequest.Replace replace:
                writer.Byte(Replace);
                writer.Room(replace.Namespace, replace.Room);
                writer.Position(replace.Position);
                writer.Text(replace.EventName);
                writer.Arguments(replace.Arguments);
                break;
        }
    }

    public static LogRequest? LogAsked(this ref WireReader reader) => reader.Byte() switch
    {
        Publish => new LogRequest.Publish(reader.Text(), reader.Text(), reader.Text(), reader.Arguments(), reader.OptionalText()),
        Clear => new LogRequest.Clear(reader.Text(), reader.Text()),
        Read => new LogRequest.Read(reader.Text(), reader.Text(), reader.Reading()),
        Release => new LogRequest.Release(),
        Replace => new LogRequest.Replace(reader.Text(), reader.Text(), reader.Position(), reader.Text(), reader.Arguments()),
        _ => null,
    };

    public static void LogAnswered(this WireWriter writer, LogReply reply)
    {
        switch (reply)
        {
            case LogReply.Published published:
                writer.Byte(Published);
                writer.Position(published.Position);
                writer.Number(published.Sequence);
                break;
            case LogReply.Part part:
                writer.Byte(Part);
                writer.Position(part.Top);
                writer.Flag(part.IsContinuous);
                writer.Stored(part.Entries);
                break;
            case LogReply.Done:
                writer.Byte(Done);
                break;
            case LogReply.Unavailable unavailable:
                writer.Byte(Unavailable);
                writer.Text(unavailable.Why);
                break;
            case LogReply.Replaced replaced:
                writer.Byte(Replaced);
                writer.Flag(replaced.WasThere);
                break;
        }
    }

    public static LogReply? LogAnswered(this ref WireReader reader) => reader.Byte() switch
    {
        Published => new LogReply.Published(reader.Position(), reader.Number()),
        Part => new LogReply.Part(reader.Position(), reader.Flag(), reader.Stored()),
        Done => new LogReply.Done(),
        Unavailable => new LogReply.Unavailable(reader.Text()),
        Replaced => new LogReply.Replaced(reader.Flag()),
        _ => null,
    };

    private static void Room(this WireWriter writer, string name, string room)
    {
        writer.Text(name);
        writer.Text(room);
    }

    private static void Reading(this WireWriter writer, LogReading reading)
    {
        writer.Byte((byte)reading.Kind);
        writer.Flag(reading.Since is not null);
        if (reading.Since is { } since)
        {
            // It comes from a client and may be anything.
            writer.OptionalText(since.Epoch);
            writer.Flag(since.Offset < 0);
            writer.Number(since.Offset < 0 ? 0 : since.Offset);
        }

        writer.Number(reading.Limit);
    }

    private static LogReading Reading(this ref WireReader reader)
    {
        var kind = (LogReadingKind)reader.Byte();
        reader.Require(Enum.IsDefined(kind));
        var since = reader.Flag() ? reader.Since() : null;
        return new LogReading(kind, since, reader.SmallNumber());
    }

    private static LogPosition? Since(this ref WireReader reader)
    {
        var epoch = reader.OptionalText();
        var isNegative = reader.Flag();
        var offset = reader.Number();
        reader.Require(!isNegative || offset == 0);
        return new LogPosition(epoch!, isNegative ? -1 : offset);
    }

    private static void Stored(this WireWriter writer, IReadOnlyList<StoredEntry> entries)
    {
        writer.Number(entries.Count);
        foreach (var entry in entries)
        {
            writer.Number(entry.Offset);
            writer.Number(entry.At.UtcTicks);
            writer.OptionalText(entry.MessageId);
            writer.Bytes(entry.Content.Span);
        }
    }

    private static StoredEntry[] Stored(this ref WireReader reader)
    {
        var entries = new StoredEntry[reader.Count(LeastEntry)];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new StoredEntry(reader.Number(), reader.Time(), reader.OptionalText(), reader.Json());
        }

        return entries;
    }

    private static DateTimeOffset Time(this ref WireReader reader)
    {
        var ticks = reader.Number();
        var isTime = ticks <= DateTimeOffset.MaxValue.UtcTicks;
        reader.Require(isTime);
        return new DateTimeOffset(isTime ? ticks : 0, TimeSpan.Zero);
    }
}
