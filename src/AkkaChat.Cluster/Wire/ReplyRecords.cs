using AkkaChat.Nodes;

namespace AkkaChat.Wire;

/// <summary>The records that replies between nodes consist of, written and read.</summary>
internal static class ReplyRecords
{
    /// <summary>The length of a record, and a text or two in it: nothing in a list takes less.</summary>
    private const int LeastRecord = sizeof(int) + 2;

    public static void Sockets(this WireWriter writer, IReadOnlyList<SocketRecord> sockets)
    {
        writer.Number(sockets.Count);
        foreach (var socket in sockets)
        {
            var start = writer.BeginRecord();
            writer.Text(socket.Id);
            writer.OptionalText(socket.UserId);
            writer.Texts(socket.Rooms);
            writer.Number(socket.Items.Count);
            foreach (var (key, json) in socket.Items)
            {
                writer.Text(key);
                writer.Json(json);
            }

            writer.Handshake(socket.Handshake);
            writer.EndRecord(start);
        }
    }

    public static SocketRecord[] Sockets(this ref WireReader reader)
    {
        var sockets = new SocketRecord[reader.Count(LeastRecord)];
        for (var i = 0; i < sockets.Length; i++)
        {
            var outer = reader.BeginRecord();
            sockets[i] = new SocketRecord(reader.Text(), reader.OptionalText(), reader.Texts(), reader.Items(), reader.Handshake());
            reader.EndRecord(outer);
        }

        return sockets;
    }

    public static void Receipt(this WireWriter writer, NodeReply.Receipt receipt)
    {
        writer.Number(receipt.Delivered);
        writer.Number(receipt.Acks.Count);
        foreach (var ack in receipt.Acks)
        {
            var start = writer.BeginRecord();
            writer.Text(ack.SocketId);
            writer.Byte((byte)ack.Result);
            writer.Arguments(ack.Arguments);
            writer.EndRecord(start);
        }
    }

    public static NodeReply.Receipt Receipt(this ref WireReader reader)
    {
        var delivered = reader.SmallNumber();
        var acks = new AckRecord[reader.Count(LeastRecord)];
        for (var i = 0; i < acks.Length; i++)
        {
            var outer = reader.BeginRecord();
            acks[i] = new AckRecord(reader.Text(), reader.Result(), reader.Arguments());
            reader.EndRecord(outer);
        }

        return new NodeReply.Receipt(delivered, acks);
    }

    public static void Rooms(this WireWriter writer, IReadOnlyList<RoomInfo> rooms)
    {
        writer.Number(rooms.Count);
        foreach (var room in rooms)
        {
            writer.Text(room.Name);
            writer.Number(room.Members);
        }
    }

    public static RoomInfo[] Rooms(this ref WireReader reader)
    {
        var rooms = new RoomInfo[reader.Count(least: 2)];
        for (var i = 0; i < rooms.Length; i++)
        {
            rooms[i] = new RoomInfo(reader.Text(), reader.SmallNumber());
        }

        return rooms;
    }

    public static void Load(this WireWriter writer, NodeLoad load)
    {
        writer.Number(load.Sessions);
        writer.Number(load.Sockets);
        writer.Number(load.Rooms);
        writer.Number(load.OwnedRooms);
        writer.Number(load.Shards.Count);
        foreach (var shard in load.Shards)
        {
            writer.Number(shard);
        }
    }

    public static NodeLoad Load(this ref WireReader reader)
    {
        var (sessions, sockets, rooms, owned) = (reader.SmallNumber(), reader.SmallNumber(), reader.SmallNumber(), reader.SmallNumber());
        var shards = new int[reader.Count(least: 1)];
        for (var i = 0; i < shards.Length; i++)
        {
            shards[i] = reader.SmallNumber();
        }

        return new NodeLoad(sessions, sockets, rooms, shards, owned);
    }

    private static KeyValuePair<string, ReadOnlyMemory<byte>>[] Items(this ref WireReader reader)
    {
        var items = new KeyValuePair<string, ReadOnlyMemory<byte>>[reader.Count(least: 2)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new(reader.Text(), reader.Json());
        }

        return items;
    }

    private static void Handshake(this WireWriter writer, HandshakeRecord handshake)
    {
        var start = writer.BeginRecord();
        writer.Fields(handshake.Query);
        writer.Fields(handshake.Headers);
        writer.OptionalText(handshake.Address);
        writer.Text(handshake.Url);
        writer.Flag(handshake.Secure);
        writer.Number(handshake.Time.UtcTicks);
        writer.EndRecord(start);
    }

    private static HandshakeRecord Handshake(this ref WireReader reader)
    {
        var outer = reader.BeginRecord();
        var handshake = new HandshakeRecord(
            reader.Fields(), reader.Fields(), reader.OptionalText(), reader.Text(), reader.Flag(), reader.Time());
        reader.EndRecord(outer);
        return handshake;
    }

    private static DateTimeOffset Time(this ref WireReader reader)
    {
        var ticks = reader.Number();
        reader.Require(ticks <= DateTimeOffset.MaxValue.UtcTicks);
        return reader.HasFailed ? default : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static CallResult Result(this ref WireReader reader)
    {
        var result = (CallResult)reader.Byte();
        reader.Require(Enum.IsDefined(result));
        return result;
    }

    private static void Fields(this WireWriter writer, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        writer.Number(fields.Count);
        foreach (var (name, value) in fields)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    private static KeyValuePair<string, string>[] Fields(this ref WireReader reader)
    {
        var fields = new KeyValuePair<string, string>[reader.Count(least: 2)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new(reader.Text(), reader.Text());
        }

        return fields;
    }
}
