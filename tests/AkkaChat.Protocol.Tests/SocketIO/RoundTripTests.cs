using System.Runtime.InteropServices;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.SocketIO;

public class RoundTripTests
{
    [Fact]
    public void Any_event_comes_back_as_it_was() => Properties.ForAll(Generators.Packet, sample =>
    {
        var packet = Decoding.Decode(EncodeEvent(sample));

        Assert.Equal(SocketPacketType.Event, packet.Type);
        Assert.Equal(sample.Namespace, packet.Namespace);
        Assert.Equal(sample.AckId, packet.AckId);
        Assert.Equal(sample.EventName, packet.EventName);
        Assert.Equal(sample.AllArguments(), Decoding.Texts(packet.Arguments));
        Assert.Equal(sample.Attachments, packet.Attachments.Select(data => data.ToArray()));
    });

    [Fact]
    public void Any_ack_comes_back_as_it_was() => Properties.ForAll(Generators.Packet, sample =>
    {
        var wire = SocketPacketEncoder.Ack(
            sample.Namespace, sample.AckId ?? 1, sample.JsonArray(withName: false), sample.AttachmentList());

        var packet = Decoding.Decode(wire);

        Assert.Equal(SocketPacketType.Ack, packet.Type);
        Assert.Equal(sample.Namespace, packet.Namespace);
        Assert.Equal(sample.AckId ?? 1, packet.AckId);
        Assert.Null(packet.EventName);
        Assert.Equal(sample.AllArguments(), Decoding.Texts(packet.Arguments));
        Assert.Equal(sample.Attachments, packet.Attachments.Select(data => data.ToArray()));
    });

    [Fact]
    public void The_text_is_encoded_into_one_array_of_its_exact_size() => Properties.ForAll(Generators.Packet, sample =>
    {
        var wire = EncodeEvent(sample with { Attachments = [] });

        Assert.Equal(1, wire.Messages.Length);
        Assert.True(MemoryMarshal.TryGetArray(wire.Messages[0].Data, out var segment));
        Assert.Equal(segment.Array!.Length, wire.Size);
    });

    [Fact]
    public void Several_packets_in_a_row_come_back_in_order() =>
        Properties.ForAll(Generators.Packet.ListOf(), samples =>
        {
            var decoder = Decoding.NewDecoder();
            var names = new List<string?>();
            foreach (var message in samples.SelectMany(sample => EncodeEvent(sample).Messages.ToArray()))
            {
                Assert.NotEqual(DecodeResult.Error, Add(decoder, message, out var packet));
                if (packet is not null)
                {
                    names.Add(packet.EventName);
                }
            }

            Assert.Equal(samples.Select(sample => sample.EventName), names);
            Assert.Equal(0, decoder.PendingBytes);
        });

    [Fact]
    public void Messages_in_any_order_give_packets_only_while_the_order_is_right()
    {
        var message = Gen.OneOf(
            Generators.Packet.Select(sample => EncodeEvent(sample).Messages[0]),
            Generators.Binary.Select(data => WireMessage.Binary(data)));

        Properties.ForAll(message.ListOf(), messages =>
        {
            var decoder = Decoding.NewDecoder();
            var model = new OrderModel();
            foreach (var next in messages)
            {
                Assert.Equal(model.Expect(next), Add(decoder, next, out var packet));
                Assert.Equal(model.Awaited > 0, decoder.AwaitsAttachments);
                Assert.Equal(model.Result == DecodeResult.Packet, packet is not null);
            }
        }, runs: 1000);
    }

    private static WirePacket EncodeEvent(SamplePacket sample) => SocketPacketEncoder.Event(
        sample.Namespace, sample.AckId, sample.JsonArray(withName: true), sample.AttachmentList());

    private static DecodeResult Add(SocketPacketDecoder decoder, WireMessage message, out SocketPacket? packet) =>
        message.IsBinary
            ? decoder.AddBinary(message.Data, out packet, out _)
            : decoder.AddText(message.Data[1..], out packet, out _);

    /// <summary>
    /// The rule in a few lines: so many binary messages after a text, and nothing more after an error.
    /// </summary>
    private sealed class OrderModel
    {
        public DecodeResult Result { get; private set; }

        public int Awaited { get; private set; }

        public DecodeResult Expect(WireMessage message)
        {
            if (Result == DecodeResult.Error || message.IsBinary != Awaited > 0)
            {
                Awaited = 0;
                return Result = DecodeResult.Error;
            }

            Awaited = message.IsBinary ? Awaited - 1 : CountOf(Wire.Text(message.Data));
            return Result = Awaited > 0 ? DecodeResult.NeedMore : DecodeResult.Packet;
        }

        private static int CountOf(string text) =>
            text[1] == '5' ? int.Parse(text[2..text.IndexOf('-', StringComparison.Ordinal)]) : 0;
    }
}
