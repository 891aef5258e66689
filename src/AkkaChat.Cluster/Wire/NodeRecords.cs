using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Rooms;

namespace AkkaChat.Wire;

/// <summary>The parts that requests and replies between nodes have in common, written and read.</summary>
internal static class NodeRecords
{
    private const int IdLength = 16;

    /// <summary>JSON is not nested deeper than a client may nest it; reading it takes no stack.</summary>
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1_000 };

    public static void Id(this WireWriter writer, Guid id) => writer.Raw(id.ToByteArray());

    public static Guid Id(this ref WireReader reader) => new(reader.Bytes(IdLength).ToArray());

    public static void Texts(this WireWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Number(texts.Count);
        foreach (var text in texts)
        {
            writer.Text(text);
        }
    }

    public static string[] Texts(this ref WireReader reader)
    {
        var texts = new string[reader.Count(least: 1)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.Text();
        }

        return texts;
    }

    public static void OptionalText(this WireWriter writer, string? text)
    {
        writer.Flag(text is not null);
        writer.Text(text ?? "");
    }

    public static string? OptionalText(this ref WireReader reader)
    {
        var isThere = reader.Flag();
        var text = reader.Text();
        return isThere ? text : null;
    }

    public static void Json(this WireWriter writer, ReadOnlyMemory<byte> json) => writer.Bytes(json.Span);

    /// <summary>One value of JSON: it is passed on to clients as it is, so it must be one.</summary>
    public static ReadOnlyMemory<byte> Json(this ref WireReader reader)
    {
        var json = reader.Bytes();
        reader.Require(IsJson(json.Span));
        return json;
    }

    public static void Arguments(this WireWriter writer, ArgumentData arguments)
    {
        writer.Number(arguments.Json.Count);
        foreach (var json in arguments.Json)
        {
            writer.Json(json);
        }

        writer.Number(arguments.Attachments.Count);
        foreach (var attachment in arguments.Attachments)
        {
            writer.Bytes(attachment.Span);
        }
    }

    public static ArgumentData Arguments(this ref WireReader reader)
    {
        var json = new ReadOnlyMemory<byte>[reader.Count(least: 1)];
        for (var i = 0; i < json.Length; i++)
        {
            json[i] = reader.Json();
        }

        var attachments = new ReadOnlyMemory<byte>[reader.Count(least: 1)];
        for (var i = 0; i < attachments.Length; i++)
        {
            attachments[i] = reader.Bytes();
        }

        return new ArgumentData(json, attachments);
    }

    public static void Places(this WireWriter writer, IReadOnlyList<RoomPlace> places)
    {
        writer.Number(places.Count);
        foreach (var place in places)
        {
            writer.OptionalText(place.Room.Value);
            writer.Number(place.Sequence);
        }
    }

    public static RoomPlace[] Places(this ref WireReader reader)
    {
        var places = new RoomPlace[reader.Count(least: 3)];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new RoomPlace(new RoomName(reader.OptionalText()), reader.Number());
        }

        return places;
    }

    /// <summary>In whole milliseconds, as long as 31 bits go, which is 24 days.</summary>
    public static void Duration(this WireWriter writer, TimeSpan time) =>
        writer.Number((long)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue));

    public static TimeSpan Duration(this ref WireReader reader) => TimeSpan.FromMilliseconds(reader.SmallNumber());

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        try
        {
            while (reader.Read())
            {
                // Only whether it can be read.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
