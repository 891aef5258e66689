using System.Diagnostics.CodeAnalysis;
using AkkaChat.Nodes;

namespace AkkaChat.Wire;

/// <summary>
/// What nodes ask each other, to bytes and back: a closed set, each kind under a number that never changes.
/// <code>version (1 byte) | kind (1 byte) | record: the request's fields</code>
/// Versions are those of <see cref="WireFormat"/>, and so is the rule for new ones: only more fields, at the end.
/// </summary>
internal static class NodeRequestFormat
{
    private const byte Deliver = 1;
    private const byte Select = 2;
    private const byte CollectReceipt = 3;
    private const byte ServerEvent = 4;
    private const byte ListRooms = 5;
    private const byte PresencePush = 30;
    private const byte PresencePull = 31;
    private const byte Load = 6;
    private const byte Log = 20;

    public static byte[] Write(NodeRequest request)
    {
        var writer = new WireWriter();
        writer.Byte(WireFormat.Version);
        writer.Byte(KindOf(request));
        var body = writer.BeginRecord();
        switch (request)
        {
            case NodeRequest.Deliver deliver:
                Write(writer, deliver);
                break;
            case NodeRequest.Select select:
                Write(writer, select);
                break;
            case NodeRequest.CollectReceipt collect:
                Write(writer, collect);
                break;
            case NodeRequest.ServerEvent @event:
                Write(writer, @event);
                break;
            case NodeRequest.PresencePush push:
                writer.Push(push);
                break;
            case NodeRequest.PresencePull pull:
                writer.Pull(pull);
                break;
            case NodeRequest.ListRooms list:
                Write(writer, list);
                break;
            case NodeRequest.Log log:
                writer.LogAsked(log.Request);
                break;
        }

        writer.EndRecord(body);
        return writer.ToArray();
    }

    /// <summary>
    /// Reads a request; false, and nothing else, for whatever is none. Its contents are parts of <paramref name="bytes"/>,
    /// which must not change afterwards.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out NodeRequest? request)
    {
        var reader = new WireReader(bytes);
        var isKnown = WireFormat.IsKnown(reader.Byte());
        var kind = reader.Byte();
        var outer = reader.BeginRecord();
        request = isKnown ? Read(kind, ref reader) : null;
        reader.EndRecord(outer);
        request = reader.HasFailed ? null : request;
        return request is not null;
    }

    private static byte KindOf(NodeRequest request) => request switch
    {
        NodeRequest.Deliver => Deliver,
        NodeRequest.Select => Select,
        NodeRequest.CollectReceipt => CollectReceipt,
        NodeRequest.ServerEvent => ServerEvent,
        NodeRequest.ListRooms => ListRooms,
        NodeRequest.PresencePush => PresencePush,
        NodeRequest.PresencePull => PresencePull,
        NodeRequest.Load => Load,
        NodeRequest.Log => Log,
        _ => throw new ArgumentException($"{request.GetType().Name} is no request of the wire.", nameof(request)),
    };

    private static NodeRequest? Read(byte kind, ref WireReader reader) => kind switch
    {
        Deliver => ReadDeliver(ref reader),
        Select => ReadSelect(ref reader),
        CollectReceipt => new NodeRequest.CollectReceipt(reader.Text(), reader.Id(), reader.Places(), reader.Duration()),
        ServerEvent => new NodeRequest.ServerEvent(reader.Text(), reader.Text(), reader.Arguments()),
        ListRooms => new NodeRequest.ListRooms(reader.Text(), reader.OptionalText(), reader.Text(), reader.SmallNumber()),
        PresencePush => reader.Push(),
        PresencePull => reader.Pull(),
        Load => new NodeRequest.Load(),
        Log => reader.LogAsked() is { } log ? new NodeRequest.Log(log) : null,
        _ => null,
    };

    private static void Write(WireWriter writer, NodeRequest.Deliver deliver)
    {
        writer.Text(deliver.Namespace);
        writer.Texts(deliver.Ids);
        writer.Bytes(PublicationFormat.Write(deliver.Content));
    }

    private static NodeRequest.Deliver? ReadDeliver(ref WireReader reader)
    {
        var name = reader.Text();
        var ids = reader.Texts();
        var isContent = PublicationFormat.TryRead(reader.Bytes(), out var content);
        return isContent ? new NodeRequest.Deliver(name, ids, content!) : null;
    }

    private static void Write(WireWriter writer, NodeRequest.Select select)
    {
        writer.Text(select.Namespace);
        writer.Flag(select.Names is not null);
        writer.Texts([.. select.Names ?? []]);
        writer.Texts([.. select.Exceptions]);
        writer.Byte((byte)select.Purpose);
        writer.Texts([.. select.Rooms]);
    }

    private static NodeRequest.Select ReadSelect(ref WireReader reader)
    {
        var name = reader.Text();
        var isNamed = reader.Flag();
        var names = reader.Texts();
        var exceptions = reader.Texts();
        var purpose = (SelectionPurpose)reader.Byte();
        reader.Require(Enum.IsDefined(purpose));
        return new NodeRequest.Select(name, isNamed ? names : null, exceptions, purpose, reader.Texts());
    }

    private static void Write(WireWriter writer, NodeRequest.CollectReceipt collect)
    {
        writer.Text(collect.Namespace);
        writer.Id(collect.Id);
        writer.Places(collect.Places);
        writer.Duration(collect.Limit);
    }

    private static void Write(WireWriter writer, NodeRequest.ServerEvent @event)
    {
        writer.Text(@event.Namespace);
        writer.Text(@event.EventName);
        writer.Arguments(@event.Arguments);
    }

    private static void Write(WireWriter writer, NodeRequest.ListRooms list)
    {
        writer.Text(list.Namespace);
        writer.OptionalText(list.After);
        writer.Text(list.Prefix);
        writer.Number(list.Limit);
    }
}
