using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests;

public class WirePacketTests
{
    [Fact]
    public void A_packet_of_one_message_has_that_message()
    {
        var message = WireMessage.Text("42[]"u8.ToArray());

        var packet = WirePacket.Of(message);

        Assert.Same(message, Assert.Single(packet.Messages.ToArray()));
        Assert.Equal(4, packet.Size);
    }

    [Fact]
    public void Attachments_follow_their_text_in_order()
    {
        var text = WireMessage.Text("452-[]"u8.ToArray());

        var packet = WirePacket.Of(text, [new byte[] { 1 }, new byte[] { 2, 3 }]);

        Assert.Equal(["452-[]", "bAQ==", "bAgM="], Wire.Messages(packet));
        Assert.Same(text, packet.Messages[0]);
        Assert.Equal(6 + 1 + 2, packet.Size);
    }

    [Fact]
    public void No_attachments_make_a_packet_of_one_message()
    {
        var packet = WirePacket.Of(WireMessage.Text("42[]"u8.ToArray()), []);

        Assert.Equal(["42[]"], Wire.Messages(packet));
    }
}
