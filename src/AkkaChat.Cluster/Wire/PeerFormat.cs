using System.Diagnostics.CodeAnalysis;
using AkkaChat.Nodes;

namespace AkkaChat.Wire;

/// <summary>
/// <see cref="PeerMessage"/> to bytes and back, by the rules of <see cref="WireFormat"/>:
/// <code>version (1 byte) | record: the message's fields</code>
/// </summary>
internal static class PeerFormat
{
    private const string Hello = "p-he";
    private const string Request = "p-rq";
    private const string Reply = "p-rp";

    /// <summary>Names the kind of message for the reader.</summary>
    public static string ManifestOf(PeerMessage message) => message switch
    {
        PeerMessage.Hello => Hello,
        PeerMessage.Request => Request,
        PeerMessage.Reply => Reply,
        _ => throw new ArgumentException($"{message.GetType().Name} is no message of the wire.", nameof(message)),
    };

    public static byte[] Write(PeerMessage message)
    {
        var writer = new WireWriter();
        writer.Byte(WireFormat.Version);
        var start = writer.BeginRecord();
        writer.Text(message.Sender);
        switch (message)
        {
            case PeerMessage.Hello hello:
                writer.Text(hello.Incarnation);
                writer.Text(hello.Address);
                writer.Flag(hello.IsDraining);
                writer.Flag(hello.WantsAnswer);
                writer.Byte((byte)hello.Writing);
                break;
            case PeerMessage.Request request:
                writer.Number(request.Id);
                writer.Bytes(request.Body.Span);
                break;
            case PeerMessage.Reply reply:
                writer.Number(reply.Id);
                writer.Number(reply.Part);
                writer.Flag(reply.IsLast);
                writer.Bytes(reply.Body.Span);
                break;
        }

        writer.EndRecord(start);
        return writer.ToArray();
    }

    /// <summary>
    /// Reads a message; false, and nothing else, for whatever is none. Bodies are parts of <paramref name="bytes"/>,
    /// which must not change afterwards.
    /// </summary>
    public static bool TryRead(string manifest, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PeerMessage? message)
    {
        var reader = new WireReader(bytes);
        message = null;
        if (!WireFormat.IsKnown(reader.Byte()))
        {
            return false;
        }

        var outer = reader.BeginRecord();
        var read = Read(manifest, ref reader);
        reader.EndRecord(outer);
        message = reader.HasFailed ? null : read;
        return message is not null;
    }

    private static PeerMessage? Read(string manifest, ref WireReader reader) => manifest switch
    {
        Hello => new PeerMessage.Hello(reader.Text(), reader.Text(), reader.Text(), reader.Flag(), reader.Flag(), ReadWriting(ref reader)),
        Request => new PeerMessage.Request(reader.Text(), reader.Number(), reader.Bytes()),
        Reply => new PeerMessage.Reply(reader.Text(), reader.Number(), reader.SmallNumber(), reader.Flag(), reader.Bytes()),
        _ => null,
    };

    /// <summary>A node that does not say so has said nothing of it.</summary>
    private static LogWriting ReadWriting(ref WireReader reader)
    {
        var writing = reader.HasMore ? (LogWriting)reader.Byte() : LogWriting.NotYet;
        reader.Require(Enum.IsDefined(writing));
        return writing;
    }
}
