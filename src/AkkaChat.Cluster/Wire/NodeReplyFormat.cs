using System.Diagnostics.CodeAnalysis;
using AkkaChat.Nodes;

namespace AkkaChat.Wire;

/// <summary>What nodes answer each other, to bytes and back, in the form of <see cref="NodeRequestFormat"/>.</summary>
internal static class NodeReplyFormat
{
    private const byte Count = 1;
    private const byte Ids = 2;
    private const byte Sockets = 3;
    private const byte Receipt = 4;
    private const byte ServerAnswer = 5;
    private const byte Rooms = 6;
    private const byte Load = 7;
    private const byte Presence = 30;
    private const byte Failed = 8;
    private const byte Log = 20;

    public static byte[] Write(NodeReply reply)
    {
        var writer = new WireWriter();
        writer.Byte(WireFormat.Version);
        writer.Byte(KindOf(reply));
        var body = writer.BeginRecord();
        switch (reply)
        {
            case NodeReply.Count count:
                writer.Number(count.Number);
                break;
            case NodeReply.Ids ids:
                writer.Texts(ids.All);
                break;
            case NodeReply.Sockets sockets:
                writer.Sockets(sockets.All);
                break;
            case NodeReply.Receipt receipt:
                writer.Receipt(receipt);
                break;
            case NodeReply.ServerAnswer answer:
                writer.Arguments(answer.Arguments);
                break;
            case NodeReply.Rooms rooms:
                writer.Rooms(rooms.All);
                break;
            case NodeReply.Load load:
                writer.Load(load.Numbers);
                break;
            case NodeReply.Presence presence:
                writer.Presence(presence);
                break;
            case NodeReply.Log log:
                writer.LogAnswered(log.Reply);
                break;
            case NodeReply.Failed failed:
                writer.Text(failed.Node);
                writer.Text(failed.Why);
                break;
        }

        writer.EndRecord(body);
        return writer.ToArray();
    }

    /// <summary>
    /// Reads a reply; false, and nothing else, for whatever is none. Its contents are parts of <paramref name="bytes"/>,
    /// which must not change afterwards.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out NodeReply? reply)
    {
        var reader = new WireReader(bytes);
        var isKnown = WireFormat.IsKnown(reader.Byte());
        var kind = reader.Byte();
        var outer = reader.BeginRecord();
        reply = isKnown ? Read(kind, ref reader) : null;
        reader.EndRecord(outer);
        reply = reader.HasFailed ? null : reply;
        return reply is not null;
    }

    private static byte KindOf(NodeReply reply) => reply switch
    {
        NodeReply.Count => Count,
        NodeReply.Ids => Ids,
        NodeReply.Sockets => Sockets,
        NodeReply.Receipt => Receipt,
        NodeReply.ServerAnswer => ServerAnswer,
        NodeReply.Rooms => Rooms,
        NodeReply.Load => Load,
        NodeReply.Presence => Presence,
        NodeReply.Failed => Failed,
        NodeReply.Log => Log,
        _ => throw new ArgumentException($"{reply.GetType().Name} is no reply of the wire.", nameof(reply)),
    };

    private static NodeReply? Read(byte kind, ref WireReader reader) => kind switch
    {
        Count => new NodeReply.Count(reader.SmallNumber()),
        Ids => new NodeReply.Ids(reader.Texts()),
        Sockets => new NodeReply.Sockets(reader.Sockets()),
        Receipt => reader.Receipt(),
        ServerAnswer => new NodeReply.ServerAnswer(reader.Arguments()),
        Rooms => new NodeReply.Rooms(reader.Rooms()),
        Load => new NodeReply.Load(reader.Load()),
        Presence => reader.Presence(),
        Failed => new NodeReply.Failed(reader.Text(), reader.Text()),
        Log => reader.LogAnswered() is { } log ? new NodeReply.Log(log) : null,
        _ => null,
    };
}
