using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Protocols;

/// <summary>Bare JSON messages over WebSocket, with no protocol around them: what the floor for .NET speaks.</summary>
internal sealed class PlainProtocol : IProtocol
{
    public string Path => "/bench";

    public Greeting Greeting => Greeting.None;

    public byte[] Hello => [];

    public byte[] Pong { get; } = ClientFrame.Of(Opcode.Pong, []);

    public bool CarriesBytes => false;

    public byte[] Join(string room) => ClientFrame.Of(Opcode.Text, Encoding.UTF8.GetBytes($$"""{"join":"{{room}}"}"""));

    public StampedMessage Chat(string room, int payloadLength, bool asBytes) => StampedMessage.Text(
        Encoding.UTF8.GetBytes($$"""{"chat":"{{Stamp.Payload(payloadLength)}}","room":"{{room}}"}"""));

    public StampedMessage Echo(int ackId, int payloadLength) => StampedMessage.Text(
        Encoding.UTF8.GetBytes($$"""{"echo":"{{Stamp.Payload(payloadLength)}}","id":{{ackId}}}"""));

    public int Read(Opcode opcode, ReadOnlySpan<byte> data, out Incoming incoming)
    {
        incoming = data switch
        {
            [(byte)'{', (byte)'"', (byte)'c', ..] => Incoming.Delivery,
            [(byte)'{', (byte)'"', (byte)'e' or (byte)'j', ..] => Incoming.Ack,
            _ => Incoming.Refused,
        };
        return data.Length;
    }
}
