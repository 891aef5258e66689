using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Protocols;

/// <summary>Socket.IO 5 over Engine.IO 4, by WebSocket from the start; namespace /bench.</summary>
internal sealed class SocketIOProtocol : IProtocol
{
    public string Path => "/socket.io/?EIO=4&transport=websocket";

    public Greeting Greeting => Greeting.ByServer;

    public byte[] Hello { get; } = ClientFrame.Of(Opcode.Text, "40/bench,"u8);

    public byte[] Pong { get; } = ClientFrame.Of(Opcode.Text, "3"u8);

    public bool CarriesBytes => true;

    public byte[] Join(string room) =>
        ClientFrame.Of(Opcode.Text, Encoding.UTF8.GetBytes($$"""42/bench,0["join","{{room}}"]"""));

    public StampedMessage Chat(string room, int payloadLength, bool asBytes)
    {
        var payload = Stamp.Payload(payloadLength);
        return asBytes
            ? StampedMessage.WithAttachment(
                Encoding.UTF8.GetBytes($$$"""451-/bench,["chat",{"room":"{{{room}}}","msg":{"_placeholder":true,"num":0}}]"""),
                Encoding.ASCII.GetBytes(payload))
            : StampedMessage.Text(
                Encoding.UTF8.GetBytes($$"""42/bench,["chat",{"room":"{{room}}","msg":"{{payload}}"}]"""));
    }

    public StampedMessage Echo(int ackId, int payloadLength) => StampedMessage.Text(
        Encoding.UTF8.GetBytes($"""42/bench,{ackId}["echo","{Stamp.Payload(payloadLength)}"]"""));

    public int Read(Opcode opcode, ReadOnlySpan<byte> data, out Incoming incoming)
    {
        incoming = opcode == Opcode.Binary ? Incoming.Delivery : KindOf(data);
        return data.Length;
    }

    private static Incoming KindOf(ReadOnlySpan<byte> packet) => packet switch
    {
        [(byte)'4', (byte)'2', ..] => Incoming.Delivery,
        [(byte)'4', (byte)'3', ..] => Incoming.Ack,
        [(byte)'4', (byte)'0', ..] => Incoming.Ready,
        // The text of an event whose bytes come with the next message.
        [(byte)'4', (byte)'5', ..] => Incoming.Ignored,
        [(byte)'4' or (byte)'1', ..] => Incoming.Refused,
        [(byte)'2', ..] => Incoming.Ping,
        [(byte)'0', ..] => Incoming.Greeting,
        _ => Incoming.Ignored,
    };
}
