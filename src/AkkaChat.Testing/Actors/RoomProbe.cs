using System.Collections.Concurrent;
using Akka.TestKit;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Testing.Actors;

/// <summary>
/// A member of a room without a client: what the room delivers to it goes to a <see cref="TestProbe"/>. For tests of
/// actors that emit to rooms. It is a member of its room only, not of the namespace.
/// </summary>
public sealed class RoomProbe : IRoomMember
{
    private readonly ConcurrentDictionary<string, bool> _rooms = new(StringComparer.Ordinal);
    private readonly Namespace _namespace;
    private readonly string _id;

    private RoomProbe(TestKitBase kit, Namespace owner)
    {
        _namespace = owner;
        _id = SocketId.New(owner.Server.Incarnation);
        Probe = kit.CreateTestProbe();
    }

    /// <summary>Gets a <see cref="Delivered"/> for every event that reaches the room.</summary>
    public TestProbe Probe { get; }

    /// <inheritdoc/>
    string IRoomMember.Id => _id;

    /// <summary>Joins a room.</summary>
    /// <param name="kit">The test.</param>
    /// <param name="owner">The room's namespace, on a server that runs.</param>
    /// <param name="room">The room's name.</param>
    /// <returns>Completes when the room's events reach the probe.</returns>
    public static async Task<RoomProbe> JoinAsync(TestKitBase kit, INamespace owner, string room)
    {
        ArgumentNullException.ThrowIfNull(kit);
        ArgumentException.ThrowIfNullOrEmpty(room);
        var probe = new RoomProbe(kit, (Namespace)owner);
        probe._rooms[room] = true;
        var joined = new Delivery.Unawaited();
        probe._namespace.Rooms.Tell(new RoomMessages.Join(new RoomName(room), probe, joined));
        await joined.Task;
        return probe;
    }

    /// <summary>Waits for the next delivery, as long as the kit's default, and checks its name.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <returns>The event's arguments.</returns>
    public EventArguments ExpectDelivered(string eventName) =>
        Probe.ExpectMsg<Delivered>(delivered => delivered.EventName == eventName).Arguments;

    /// <summary>Leaves its rooms.</summary>
    /// <returns>Completes when nothing more reaches the probe.</returns>
    public async Task LeaveAsync()
    {
        foreach (var room in _rooms.Keys)
        {
            _rooms.TryRemove(room, out _);
            var left = new Delivery.Unawaited();
            _namespace.Rooms.Tell(new RoomMessages.Leave(new RoomName(room), this, left));
            await left.Task;
        }
    }

    /// <inheritdoc/>
    bool IRoomMember.Deliver(WirePacket packet, bool isVolatile)
    {
        var decoder = _namespace.Serializer.Format.CreateDecoder(ProtocolLimits.Default, isLegacy: false);
        foreach (var message in packet.Messages)
        {
            if (TryDecode(decoder, message, out var complete))
            {
                Probe.Ref.Tell(new Delivered(complete.EventName ?? "", ArgumentsOf(complete), isVolatile), Probe.Ref);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    bool IRoomMember.IsIn(string room) => _rooms.ContainsKey(room) || room == _id;

    private static bool TryDecode(
        IPacketDecoder decoder, WireMessage message, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SocketPacket? packet)
    {
        packet = null;
        if (message.IsBinary)
        {
            return decoder.AddBinary(message.Data, out packet, out _) == DecodeResult.Packet && packet is not null;
        }

        return EnginePacketCodec.TryDecodeText(message.Data, out var engine, out _)
            && decoder.AddText(engine.Data, out packet, out _) == DecodeResult.Packet && packet is not null;
    }

    private EventArguments ArgumentsOf(SocketPacket packet) =>
        new(packet.Arguments, packet.Attachments, _namespace.Serializer);

    /// <summary>An event that has reached the room.</summary>
    /// <param name="EventName">Its name.</param>
    /// <param name="Arguments">Its arguments.</param>
    /// <param name="IsVolatile">Whether it was emitted as volatile.</param>
    public sealed record Delivered(string EventName, EventArguments Arguments, bool IsVolatile);
}
