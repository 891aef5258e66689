namespace AkkaChat.Protocol.MessagePack;

/// <summary>The members of one packet's map: scalars read, and where the data begins. What is missing is nil.</summary>
internal readonly record struct PacketMembers(
    MessagePackToken Type, MessagePackToken Namespace, MessagePackToken AckId, int? DataStart)
{
    /// <summary>Reads the map, which is to be the whole message. Of a repeated member the last counts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out PacketMembers members, out ProtocolError error)
    {
        members = default;
        var reader = new MessagePackReader(message);
        if (!reader.TryRead(out var head, out error))
        {
            return false;
        }

        if (head.Kind != MessagePackKind.Map)
        {
            return ProtocolError.Fail("a packet is not a MessagePack map", out error);
        }

        for (long index = 0; index < head.Bits; index++)
        {
            if (!TryReadMember(message, ref reader, ref members, out error))
            {
                return false;
            }
        }

        return reader.IsAtEnd || ProtocolError.Fail("there is more behind the MessagePack map of a packet", out error);
    }

    private static bool TryReadMember(
        ReadOnlySpan<byte> message, ref MessagePackReader reader, ref PacketMembers members, out ProtocolError error)
    {
        if (!reader.TryRead(out var key, out error))
        {
            return false;
        }

        if (key.Kind != MessagePackKind.String)
        {
            return ProtocolError.Fail("a member of a packet has a name that is no string", out error);
        }

        var start = reader.Position;
        if (!reader.TrySkip(out error))
        {
            return false;
        }

        members = members.With(key.BytesIn(message), message, start);
        return true;
    }

    private PacketMembers With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> message, int start)
    {
        // Reading it has worked before.
        new MessagePackReader(message, start).TryRead(out var value, out _);
        return name switch
        {
            _ when name.SequenceEqual("type"u8) => this with { Type = value },
            _ when name.SequenceEqual("nsp"u8) => this with { Namespace = value },
            _ when name.SequenceEqual("id"u8) => this with { AckId = value },
            _ when name.SequenceEqual("data"u8) => this with
            {
                DataStart = value.Kind is MessagePackKind.Nil or MessagePackKind.Undefined ? null : start,
            },
            _ => this,
        };
    }
}
