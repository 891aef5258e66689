using System.Runtime.CompilerServices;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Wire;

/// <summary>The fields of each message, written and read. New fields of a version go at the end, read if there are more.</summary>
internal static class WireBodies
{
    private static readonly ConditionalWeakTable<Deliver, byte[]> Delivers = [];

    public static void Write(WireWriter writer, ToOwner message)
    {
        writer.Header(message.From);
        switch (message)
        {
            case Attend attend:
                writer.Number(attend.Version);
                writer.Flag(attend.HasMembers);
                break;
            case Publish publish:
                writer.Number(publish.Number);
                writer.Number(publish.After);
                writer.Payload(publish.Payload);
                break;
            case Acknowledge acknowledge:
                writer.Number(acknowledge.Delivered);
                writer.Flag(acknowledge.Asks);
                break;
            case Promise promise:
                Write(writer, promise);
                break;
            case Refuse refuse:
                writer.Epoch(refuse.Epoch);
                break;
        }
    }

    public static void Write(WireWriter writer, ToRelay message)
    {
        if (message is Deliver { Entries.Count: > 0 } deliver)
        {
            // The same record goes to every node with members; its bytes are made once.
            writer.Raw(Delivers.GetValue(deliver, static shared => Encode(shared)));
            return;
        }

        writer.Epoch(message.Epoch);
        switch (message)
        {
            case Deliver quiet:
                writer.Number(quiet.Stable);
                writer.Entries(quiet.Entries);
                break;
            case Attending attending:
                writer.Number(attending.Version);
                writer.Number(attending.Position);
                break;
        }
    }

    public static Attend Attend(ref WireReader reader) => new(reader.Header(), reader.SmallNumber(), reader.Flag());

    public static Publish Publish(ref WireReader reader) => new(reader.Header(), reader.Number(), reader.Number(), reader.Payload());

    public static Acknowledge Acknowledge(ref WireReader reader) => new(reader.Header(), reader.Number(), reader.Flag());

    public static Promise Promise(ref WireReader reader) => new(
        reader.Header(), reader.Epoch(), reader.SmallNumber(), reader.Flag(), reader.Number(), reader.Number(), reader.Flag(), reader.Entries());

    public static Refuse Refuse(ref WireReader reader) => new(reader.Header(), reader.Epoch());

    public static Ended Ended(ref WireReader reader) => new(reader.Header().Relay);

    public static Ask Ask(ref WireReader reader) => new(reader.Epoch());

    public static Deliver Deliver(ref WireReader reader) => new(reader.Epoch(), reader.Number(), reader.Entries());

    public static Attending Attending(ref WireReader reader) => new(reader.Epoch(), reader.SmallNumber(), reader.Number());

    public static Resume Resume(ref WireReader reader) => new(reader.Epoch());

    private static void Write(WireWriter writer, Promise promise)
    {
        writer.Epoch(promise.Epoch);
        writer.Number(promise.Version);
        writer.Flag(promise.HasMembers);
        writer.Number(promise.Delivered);
        writer.Number(promise.Stable);
        writer.Flag(promise.IsIdle);
        writer.Entries(promise.Held);
    }

    private static byte[] Encode(Deliver deliver)
    {
        var writer = new WireWriter();
        writer.Epoch(deliver.Epoch);
        writer.Number(deliver.Stable);
        writer.Entries(deliver.Entries);
        return writer.ToArray();
    }
}
