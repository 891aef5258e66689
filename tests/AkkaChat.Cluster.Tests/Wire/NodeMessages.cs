using AkkaChat.Delivery;
using AkkaChat.Nodes;
using AkkaChat.Presence;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Stores;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Cluster.Tests.Wire;

/// <summary>Any request and any reply that there can be between nodes.</summary>
internal static class NodeMessages
{
    private static readonly Gen<bool> Flags = Gen.Elements(true, false);

    private static readonly Gen<int> Small = Gen.OneOf(Gen.Choose(0, 300), Gen.Constant(int.MaxValue));

    private static readonly Gen<string> Names = Envelopes.Names;

    private static readonly Gen<string?> Optional = from isThere in Flags from name in Names select isThere ? name : null;

    private static readonly Gen<string[]> Lists = from names in Names.ListOf() select names.ToArray();

    private static readonly Gen<ReadOnlyMemory<byte>> Bytes =
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf() select new ReadOnlyMemory<byte>(bytes);

    private static readonly Gen<ReadOnlyMemory<byte>> Json =
        from text in Gen.Elements("1", "null", "\"ü\"", "[1,{\"a\":[]}]", "{\"_placeholder\":true,\"num\":0}", "-1.5e3")
        select new ReadOnlyMemory<byte>(System.Text.Encoding.UTF8.GetBytes(text));

    private static readonly Gen<ArgumentData> Arguments =
        from json in Json.ListOf() from attachments in Bytes.ListOf() select new ArgumentData([.. json], [.. attachments]);

    private static readonly Gen<Guid> Ids = from a in Small from b in Small select new Guid(a, (short)b, 3, [1, 2, 3, 4, 5, 6, 7, 8]);

    private static readonly Gen<PublicationContent> Contents =
        from text in Bytes
        from name in Optional
        from id in Ids
        from hasReceipt in Flags
        from hasAck in Flags
        select new PublicationContent(
            WirePacket.Of(WireMessage.Text(text.ToArray()), []), false, [], name, null, hasReceipt ? new PublicationReceipt(id, hasAck ? 1L << 30 : null) : null);

    private static readonly Gen<RoomPlace> Places =
        from name in Optional from sequence in Small select new RoomPlace(new RoomName(name), sequence);

    private static readonly Gen<KeyValuePair<string, string>[]> Fields =
        from fields in (from name in Names from value in Names select new KeyValuePair<string, string>(name, value)).ListOf() select fields.ToArray();

    private static readonly Gen<HandshakeRecord> Handshakes =
        from query in Fields
        from headers in Fields
        from address in Optional
        from url in Names
        from secure in Flags
        from seconds in Small
        select new HandshakeRecord(query, headers, address, url, secure, DateTimeOffset.UnixEpoch.AddSeconds(seconds));

    private static readonly Gen<SocketRecord> Sockets =
        from id in Names
        from user in Optional
        from rooms in Lists
        from items in (from key in Names from json in Json select new KeyValuePair<string, ReadOnlyMemory<byte>>(key, json)).ListOf()
        from handshake in Handshakes
        select new SocketRecord(id, user, rooms, [.. items], handshake);

    private static readonly Gen<PresenceKey> PresenceKeys = from name in Names from room in Names select new PresenceKey(name, room);

    private static readonly Gen<PresenceEntry[]> PresenceEntries =
        from entries in (from r in Names from key in Names from json in Json select new PresenceEntry(r, key, json)).ListOf() select entries.ToArray();

    private static readonly Gen<PresenceRoomChange> PresenceChanges =
        from room in PresenceKeys from joins in PresenceEntries from leaves in Lists select new PresenceRoomChange(room, joins, leaves);

    private static readonly Gen<PresenceSnapshot> PresenceSnapshots =
        from room in PresenceKeys from entries in PresenceEntries select new PresenceSnapshot(room, entries);

    private static readonly Gen<AckRecord> Acks =
        from id in Names
        from result in Gen.Elements(Enum.GetValues<CallResult>())
        from arguments in Arguments
        select new AckRecord(id, result, arguments);

    private static readonly Gen<LogPosition> Positions = from epoch in Names from offset in Small select new LogPosition(epoch, offset);

    private static readonly Gen<LogReading> Readings =
        from kind in Gen.Elements(Enum.GetValues<LogReadingKind>())
        from hasSince in Flags
        from epoch in Optional
        from offset in Gen.OneOf(Small, Gen.Constant(-1))
        from limit in Small
        select new LogReading(kind, hasSince ? new LogPosition(epoch!, offset) : null, limit);

    private static readonly Gen<StoredEntry> Stored =
        from offset in Small
        from seconds in Small
        from id in Optional
        from json in Json
        select new StoredEntry(offset, DateTimeOffset.UnixEpoch.AddSeconds(seconds), id, json);

    public static readonly Gen<LogRequest> LogRequests = Gen.OneOf<LogRequest>(
        from name in Names
        from room in Names
        from e in Names
        from arguments in Arguments
        from id in Optional
        select (LogRequest)new LogRequest.Publish(name, room, e, arguments, id),
        from name in Names from room in Names select (LogRequest)new LogRequest.Clear(name, room),
        from name in Names
        from room in Names
        from position in Positions
        from e in Names
        from arguments in Arguments
        select (LogRequest)new LogRequest.Replace(name, room, position, e, arguments),
        from name in Names from room in Names from reading in Readings select (LogRequest)new LogRequest.Read(name, room, reading),
        Gen.Constant<LogRequest>(new LogRequest.Release()));

    public static readonly Gen<LogReply> LogReplies = Gen.OneOf<LogReply>(
        from position in Positions from sequence in Small select (LogReply)new LogReply.Published(position, sequence),
        from top in Positions
        from isContinuous in Flags
        from entries in Stored.ListOf()
        select (LogReply)new LogReply.Part(top, isContinuous, [.. entries]),
        Gen.Constant<LogReply>(new LogReply.Done()),
        from wasThere in Flags select (LogReply)new LogReply.Replaced(wasThere),
        from why in Names select (LogReply)new LogReply.Unavailable(why));

    public static readonly Gen<NodeRequest> Requests = Gen.OneOf<NodeRequest>(
        from name in Names from ids in Lists from content in Contents select (NodeRequest)new NodeRequest.Deliver(name, ids, content),
        from name in Names
        from isNamed in Flags
        from names in Lists
        from exceptions in Lists
        from purpose in Gen.Elements(Enum.GetValues<SelectionPurpose>())
        from rooms in Lists
        select (NodeRequest)new NodeRequest.Select(name, isNamed ? names : null, exceptions, purpose, rooms),
        from name in Names
        from id in Ids
        from places in Places.ListOf()
        from limit in Small
        select (NodeRequest)new NodeRequest.CollectReceipt(name, id, [.. places], TimeSpan.FromMilliseconds(limit)),
        from node in Names
        from after in Small
        from stamp in Small
        from changes in PresenceChanges.ListOf()
        select (NodeRequest)new NodeRequest.PresencePush(node, after, stamp, [.. changes]),
        from rooms in PresenceKeys.ListOf() select (NodeRequest)new NodeRequest.PresencePull([.. rooms]),
        from name in Names from e in Names from arguments in Arguments select (NodeRequest)new NodeRequest.ServerEvent(name, e, arguments),
        from name in Names from after in Optional from prefix in Names from limit in Small select (NodeRequest)new NodeRequest.ListRooms(name, after, prefix, limit),
        Gen.Constant<NodeRequest>(new NodeRequest.Load()),
        from log in LogRequests select (NodeRequest)new NodeRequest.Log(log));

    public static readonly Gen<NodeReply> Replies = Gen.OneOf<NodeReply>(
        from count in Small select (NodeReply)new NodeReply.Count(count),
        from ids in Lists select (NodeReply)new NodeReply.Ids(ids),
        from sockets in Sockets.ListOf() select (NodeReply)new NodeReply.Sockets([.. sockets]),
        from count in Small from acks in Acks.ListOf() select (NodeReply)new NodeReply.Receipt(count, [.. acks]),
        from stamp in Small from snapshots in PresenceSnapshots.ListOf() select (NodeReply)new NodeReply.Presence(stamp, [.. snapshots]),
        from arguments in Arguments select (NodeReply)new NodeReply.ServerAnswer(arguments),
        from rooms in (from name in Names from members in Small select new RoomInfo(name, members)).ListOf() select (NodeReply)new NodeReply.Rooms([.. rooms]),
        from sessions in Small
        from sockets in Small
        from rooms in Small
        from owned in Small
        from shards in Small.ListOf()
        select (NodeReply)new NodeReply.Load(new NodeLoad(sessions, sockets, rooms, [.. shards], owned)),
        from node in Names from why in Names select (NodeReply)new NodeReply.Failed(node, why),
        from log in LogReplies select (NodeReply)new NodeReply.Log(log));
}
