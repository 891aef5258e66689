using System.Diagnostics.CodeAnalysis;
using AkkaChat.Delivery;
using AkkaChat.Logs;
using AkkaChat.Protocol;

namespace AkkaChat.Wire;

/// <summary>
/// The content of a room's entry: one record, so that a later version may add to it. The packet's bytes are those that
/// clients get, unencoded.
/// </summary>
internal static class PublicationFormat
{
    private const int IdLength = 16;

    public static byte[] Write(PublicationContent content)
    {
        var writer = new WireWriter(content.Packet.Size + 64);
        var start = writer.BeginRecord();
        writer.Flag(content.IsVolatile);
        writer.Flag(content.Packet.Compress);
        writer.Flag(content.SelfId is not null);
        writer.Text(content.SelfId ?? "");
        writer.Number(content.Exceptions.Count);
        foreach (var name in content.Exceptions)
        {
            writer.Text(name);
        }

        writer.Flag(content.Union is not null);
        if (content.Union is { } union)
        {
            writer.Raw(union.Id.ToByteArray());
            writer.Number(union.Copies);
        }

        Write(writer, content.Packet);
        Write(writer, content.Receipt);
        Write(writer, content.Log);
        writer.EndRecord(start);
        return writer.ToArray();
    }

    /// <summary>False, and nothing else, for whatever is no content.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PublicationContent? content)
    {
        var reader = new WireReader(bytes);
        var outer = reader.BeginRecord();
        var isVolatile = reader.Flag();
        var compress = reader.Flag();
        var hasSelf = reader.Flag();
        var self = reader.Text();
        var exceptions = new string[reader.Count(least: 1)];
        for (var i = 0; i < exceptions.Length; i++)
        {
            exceptions[i] = reader.Text();
        }

        var union = reader.Flag() ? new PublicationUnion(new Guid(reader.Bytes(IdLength).ToArray()), reader.SmallNumber()) : (PublicationUnion?)null;
        var packet = Packet(ref reader, compress);
        var receipt = reader.HasMore ? Receipt(ref reader) : null;
        var log = reader.HasMore && reader.Flag() ? new LogMark(reader.Text(), reader.Position()) : (LogMark?)null;
        reader.EndRecord(outer);
        content = reader.HasFailed || packet is null
            ? null
            : new PublicationContent(packet, isVolatile, exceptions, hasSelf ? self : null, union, receipt, log);
        return content is not null;
    }

    private static void Write(WireWriter writer, WirePacket packet)
    {
        writer.Number(packet.Messages.Length);
        foreach (var message in packet.Messages)
        {
            writer.Flag(message.IsBinary);
            writer.Bytes(message.Data.Span);
        }
    }

    private static void Write(WireWriter writer, PublicationReceipt? receipt)
    {
        writer.Flag(receipt is not null);
        if (receipt is { } asked)
        {
            writer.Raw(asked.Id.ToByteArray());
            writer.Flag(asked.AckId is not null);
            writer.Number(asked.AckId ?? 0);
        }
    }

    private static void Write(WireWriter writer, LogMark? log)
    {
        writer.Flag(log is not null);
        if (log is { } mark)
        {
            writer.Text(mark.Room);
            writer.Position(mark.Position);
        }
    }

    private static PublicationReceipt? Receipt(ref WireReader reader)
    {
        if (!reader.Flag())
        {
            return null;
        }

        var id = new Guid(reader.Bytes(IdLength).ToArray());
        var hasAck = reader.Flag();
        var ackId = reader.Number();
        return new PublicationReceipt(id, hasAck ? ackId : null);
    }

    private static WirePacket? Packet(ref WireReader reader, bool compress)
    {
        var messages = new WireMessage[reader.Count(least: 2)];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = reader.Flag() ? WireMessage.Binary(reader.Bytes()) : WireMessage.Text(reader.Bytes().ToArray());
        }

        // Whatever follows the first message is an attachment of it.
        var isPacket = messages.Length > 0 && messages.Skip(1).All(message => message.IsBinary);
        return isPacket ? PacketOf(messages, compress) : null;
    }

    private static WirePacket PacketOf(WireMessage[] messages, bool compress)
    {
        var packet = WirePacket.Of(messages[0], [.. messages.Skip(1).Select(message => message.Data)]);
        packet.Compress = compress;
        return packet;
    }
}
