using AkkaChat.Delivery;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

/// <summary>What a node notes of publications of other nodes, until it is asked.</summary>
public sealed class ReceiptsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly AkkaChatServer _server = TestServer.Create();
    private readonly ForeignPublications _foreign;

    public ReceiptsTests() => _foreign = new ForeignPublications(_time, TimeSpan.FromSeconds(60));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Those_who_got_it_are_counted_and_those_who_did_not_are_not()
    {
        var receipt = new PublicationReceipt(Guid.NewGuid(), null);
        var content = Content(receipt) with { Exceptions = ["muted"] };

        _foreign.Deliver(content, [new RecordingMember("a"), new RecordingMember("b", "muted"), new RecordingMember("c")]);

        Assert.Equal(2, _foreign.Receipts.Take(receipt.Id)!.Count);
        Assert.Null(_foreign.Receipts.Take(receipt.Id));
    }

    [Fact]
    public void Who_is_reached_by_several_copies_counts_once()
    {
        var receipt = new PublicationReceipt(Guid.NewGuid(), null);
        var content = Content(receipt) with { Union = new PublicationUnion(Guid.NewGuid(), 2) };
        var member = new RecordingMember("a");

        _foreign.Deliver(content, [member]);
        _foreign.Deliver(content, [member]);

        Assert.Single(member.Received);
        Assert.Equal(1, _foreign.Receipts.Take(receipt.Id)!.Count);
    }

    [Fact]
    public void What_nobody_asks_for_is_forgotten_with_the_acks_that_it_waits_for()
    {
        var receipt = new PublicationReceipt(Guid.NewGuid(), 1L << 30);
        var socket = SocketFactory.Create(_server);
        _foreign.Deliver(Content(receipt), [socket]);
        Assert.False(socket.TryAwaitAck(1L << 30, out _));

        _time.Advance(TimeSpan.FromSeconds(91));
        _foreign.Deliver(Content(new PublicationReceipt(Guid.NewGuid(), null)), []);

        Assert.Null(_foreign.Receipts.Take(receipt.Id));
        Assert.True(socket.TryAwaitAck(1L << 30, out _));
    }

    [Fact]
    public void Ten_thousand_are_kept_at_most()
    {
        var ids = Enumerable.Range(0, 10_002).Select(_ => Guid.NewGuid()).ToList();
        ids.ForEach(id => _foreign.Deliver(Content(new PublicationReceipt(id, null)), []));

        Assert.Null(_foreign.Receipts.Take(ids[0]));
        Assert.NotNull(_foreign.Receipts.Take(ids[2]));
    }

    [Fact]
    public async Task A_socket_that_two_calls_would_ask_under_one_number_is_asked_by_the_first_only()
    {
        var socket = SocketFactory.Create(_server);
        var (first, second) = (new Recipients(7), new Recipients(7));
        first.Deliver(socket, Wire.Pack("one"), isVolatile: false);
        second.Deliver(socket, Wire.Pack("two"), isVolatile: false);

        var acks = await second.CollectAsync(TimeSpan.FromSeconds(5), _time, CancellationToken.None).EndInTime();

        Assert.Equal(CallResult.TimedOut, Assert.Single(acks).Result);
        Assert.Equal((1, 0), (first.Count, second.Count));
        Assert.False(socket.TryAwaitAck(7, out _));
    }

    private static PublicationContent Content(PublicationReceipt receipt) => new(Wire.Pack("x"), false, [], null, null, receipt);
}
