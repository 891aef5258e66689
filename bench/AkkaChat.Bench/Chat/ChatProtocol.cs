using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Chat;

/// <summary>
/// The chat application's events over Socket.IO, each client by the token of its own log-in. Acks and changes of rooms are
/// for the phase to read; what else a page is told is left out.
/// </summary>
/// <param name="tokens">One for each client, in the order of their indexes.</param>
internal sealed class ChatProtocol(IReadOnlyList<string> tokens) : IProtocol
{
    public const int JoinAck = 0;
    public const int EnterAck = 1;

    /// <summary>The first ack id of what is said.</summary>
    public const int FirstSayAck = 2;

    public string Path => "/socket.io/?EIO=4&transport=websocket";

    public Greeting Greeting => Greeting.ByServer;

    public byte[] Hello => [];

    public byte[] Pong { get; } = ClientFrame.Of(Opcode.Text, "3"u8);

    public bool CarriesBytes => false;

    /// <summary>Reads the answer to a request: its ack id, and whether it was done; null if it is no answer.</summary>
    public static (int AckId, bool IsDone)? ReadAck(ReadOnlySpan<byte> packet)
    {
        if (!packet.StartsWith("43"u8))
        {
            return null;
        }

        return (int.Parse(packet[2..packet.IndexOf((byte)'[')], provider: null), packet.EndsWith("\"ok\":true}]"u8));
    }

    /// <summary>The place in the room's log of what a change tells.</summary>
    public static long ReadOffset(ReadOnlySpan<byte> change)
    {
        var name = "\"offset\":"u8;
        var digits = change[(change.LastIndexOf(name) + name.Length)..];
        return long.Parse(digits[..digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9')], provider: null);
    }

    public byte[] HelloOf(int client) => Event($$"""40{"token":"{{tokens[client]}}"}""");

    /// <summary>Makes the sender a member of a public room.</summary>
    public byte[] Join(string room) => Event($$"""42{{JoinAck}}["join_room",{"room":"{{room}}"}]""");

    /// <summary>Has the sender told of the room's changes from now on.</summary>
    public static byte[] Enter(string room) => Event($$"""42{{EnterAck}}["enter",{"room":"{{room}}"}]""");

    /// <summary>Says something in a room; the key by which the chat knows it again is the stamp.</summary>
    public static StampedMessage Say(string room, int ackId, string text) => StampedMessage.Text(Encoding.UTF8.GetBytes(
        $$"""42{{ackId}}["say",{"room":"{{room}}","key":"{{Stamp.Payload(Stamp.Length)}}","text":"{{text}}"}]"""));

    public StampedMessage Chat(string room, int payloadLength, bool asBytes) => Say(room, FirstSayAck, new string('x', payloadLength));

    public StampedMessage Echo(int ackId, int payloadLength) => throw new NotSupportedException("The chat has no echo.");

    public int Read(Opcode opcode, ReadOnlySpan<byte> data, out Incoming incoming)
    {
        incoming = KindOf(data);
        return data.Length;
    }

    private static Incoming KindOf(ReadOnlySpan<byte> packet) => packet switch
    {
        [(byte)'4', (byte)'2', ..] => packet.StartsWith("42[\"change\","u8) ? Incoming.ForListener : Incoming.Ignored,
        [(byte)'4', (byte)'3', ..] => Incoming.ForListener,
        [(byte)'4', (byte)'0', ..] => Incoming.Ready,
        [(byte)'4' or (byte)'1', ..] => Incoming.Refused,
        [(byte)'2', ..] => Incoming.Ping,
        [(byte)'0', ..] => Incoming.Greeting,
        _ => Incoming.Ignored,
    };

    private static byte[] Event(string packet) => ClientFrame.Of(Opcode.Text, Encoding.UTF8.GetBytes(packet));
}
