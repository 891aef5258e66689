using System.Diagnostics.CodeAnalysis;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Wire;

/// <summary>
/// Envelopes to bytes and back: a closed set of messages, each under a manifest of its own that never changes.
/// <code>version (1 byte) | record: room, target | record: the message's fields</code>
/// Adjacent versions understand each other: a version may only add fields at the end of a record, which older readers
/// skip, and may send a new message only where the version before had one for the same purpose.
/// </summary>
internal static class WireFormat
{
    /// <summary>The version that is written. The one before and the one after are read too.</summary>
    public const byte Version = 1;

    private static readonly Dictionary<string, Reader> Readers = new(StringComparer.Ordinal)
    {
        ["at"] = static (ref reader) => WireBodies.Attend(ref reader),
        ["pu"] = static (ref reader) => WireBodies.Publish(ref reader),
        ["ac"] = static (ref reader) => WireBodies.Acknowledge(ref reader),
        ["pr"] = static (ref reader) => WireBodies.Promise(ref reader),
        ["re"] = static (ref reader) => WireBodies.Refuse(ref reader),
        ["en"] = static (ref reader) => WireBodies.Ended(ref reader),
        ["as"] = static (ref reader) => WireBodies.Ask(ref reader),
        ["de"] = static (ref reader) => WireBodies.Deliver(ref reader),
        ["ag"] = static (ref reader) => WireBodies.Attending(ref reader),
        ["rs"] = static (ref reader) => WireBodies.Resume(ref reader),
    };

    private delegate object Reader(ref WireReader reader);

    /// <summary>Names the kind of message for the reader.</summary>
    public static string ManifestOf(RoomEnvelope envelope) => envelope switch
    {
        OwnerEnvelope { Message: Attend } => "at",
        OwnerEnvelope { Message: Publish } => "pu",
        OwnerEnvelope { Message: Acknowledge } => "ac",
        OwnerEnvelope { Message: Promise } => "pr",
        OwnerEnvelope { Message: Refuse } => "re",
        OwnerEnvelope { Message: Ended } => "en",
        RelayEnvelope { Message: Ask } => "as",
        RelayEnvelope { Message: Deliver } => "de",
        RelayEnvelope { Message: Attending } => "ag",
        RelayEnvelope { Message: Resume } => "rs",
        _ => throw new ArgumentException($"{envelope.GetType().Name} holds no message of the wire.", nameof(envelope)),
    };

    public static byte[] Write(RoomEnvelope envelope)
    {
        var writer = new WireWriter();
        writer.Byte(Version);
        var addressed = writer.BeginRecord();
        writer.Address(envelope.Room);
        writer.Target(envelope.Target);
        writer.EndRecord(addressed);
        var body = writer.BeginRecord();
        switch (envelope)
        {
            case OwnerEnvelope owner:
                WireBodies.Write(writer, owner.Message);
                break;
            case RelayEnvelope relay:
                WireBodies.Write(writer, relay.Message);
                break;
        }

        writer.EndRecord(body);
        return writer.ToArray();
    }

    /// <summary>
    /// Reads an envelope; false, and nothing else, for whatever is none. Payloads are parts of <paramref name="bytes"/>,
    /// which must not change afterwards.
    /// </summary>
    public static bool TryRead(string manifest, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out RoomEnvelope? envelope)
    {
        envelope = null;
        var reader = new WireReader(bytes);
        if (!IsKnown(reader.Byte()) || !Readers.TryGetValue(manifest, out var read))
        {
            return false;
        }

        var outer = reader.BeginRecord();
        var room = reader.Address();
        var target = reader.Target();
        reader.EndRecord(outer);
        outer = reader.BeginRecord();
        var message = read(ref reader);
        reader.EndRecord(outer);
        if (!reader.HasFailed)
        {
            envelope = message is ToOwner owner ? new OwnerEnvelope(room, target, owner) : new RelayEnvelope(room, target, (ToRelay)message);
        }

        return envelope is not null;
    }

    /// <summary>Whether a message of that version can be read.</summary>
    public static bool IsKnown(byte version) => version is > 0 and >= Version - 1 and <= Version + 1;
}
