using System.Text;
using AkkaChat.Bench.Chat;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Tests;

public sealed class ChatProtocolTests
{
    private const string Change =
        """42["change","r",{"kind":"message","message":{"by":"p","at":5,"text":"\"offset\":7","key":"k"}},{"epoch":"e","offset":12345}]""";

    [Theory]
    [InlineData("""4312[{"id":5,"position":{"epoch":"e","offset":5},"ok":true}]""", 12, true)]
    [InlineData("""430[{"code":"muted","error":"You are muted.","ok":false}]""", 0, false)]
    public void An_ack_says_whether_it_was_done(string packet, int ackId, bool isDone) =>
        Assert.Equal((ackId, isDone), ChatProtocol.ReadAck(Encoding.UTF8.GetBytes(packet)));

    [Fact]
    public void A_change_is_no_ack_and_has_its_place_at_the_end()
    {
        Assert.Null(ChatProtocol.ReadAck(Encoding.UTF8.GetBytes(Change)));
        Assert.Equal(12345, ChatProtocol.ReadOffset(Encoding.UTF8.GetBytes(Change)));
    }

    [Theory]
    [InlineData(Change, true)]
    [InlineData("""431[{"ok":true}]""", true)]
    [InlineData("""42["welcome",{"me":{"name":"~"}}]""", false)]
    public void Only_changes_and_acks_are_for_the_load(string packet, bool isForIt)
    {
        new ChatProtocol([]).Read(Opcode.Text, Encoding.UTF8.GetBytes(packet), out var incoming);

        Assert.Equal(isForIt ? Incoming.ForListener : Incoming.Ignored, incoming);
    }
}
