using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Protocols;

/// <summary>SignalR's JSON hub protocol by WebSocket, without negotiation; each message ends with a separator.</summary>
internal sealed class SignalRProtocol : IProtocol
{
    private const byte Separator = 0x1E;
    private static readonly int TypeIndex = """{"type":""".Length;

    public string Path => "/bench";

    public Greeting Greeting => Greeting.ByClient;

    public byte[] Hello { get; } = Frame("""{"protocol":"json","version":1}""");

    public byte[] Pong { get; } = Frame("""{"type":6}""");

    public bool CarriesBytes => false;

    public byte[] Join(string room) => Frame($$"""{"type":1,"invocationId":"0","target":"Join","arguments":["{{room}}"]}""");

    public StampedMessage Chat(string room, int payloadLength, bool asBytes) => StampedMessage.Text(
        Record($$"""{"type":1,"target":"Chat","arguments":["{{room}}","{{Stamp.Payload(payloadLength)}}"]}"""));

    public StampedMessage Echo(int ackId, int payloadLength) => StampedMessage.Text(
        Record($$"""{"type":1,"invocationId":"{{ackId}}","target":"Echo","arguments":["{{Stamp.Payload(payloadLength)}}"]}"""));

    public int Read(Opcode opcode, ReadOnlySpan<byte> data, out Incoming incoming)
    {
        var end = data.IndexOf(Separator);
        incoming = end < 0 ? Incoming.Ignored : KindOf(data[..end]);
        return end < 0 ? data.Length : end + 1;
    }

    private static Incoming KindOf(ReadOnlySpan<byte> message)
    {
        if (message.SequenceEqual("{}"u8))
        {
            return Incoming.Ready;
        }

        return message.Length <= TypeIndex ? Incoming.Refused : message[TypeIndex] switch
        {
            (byte)'1' => Incoming.Delivery,
            (byte)'3' => Incoming.Ack,
            (byte)'6' => Incoming.Ping,
            _ => Incoming.Refused,
        };
    }

    private static byte[] Frame(string message) => ClientFrame.Of(Opcode.Text, Record(message));

    private static byte[] Record(string message) => [.. Encoding.UTF8.GetBytes(message), Separator];
}
