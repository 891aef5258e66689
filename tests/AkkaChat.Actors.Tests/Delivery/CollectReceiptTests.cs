using AkkaChat.Delivery;
using AkkaChat.Nodes;
using AkkaChat.Rooms;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

/// <summary>What a node answers to the one that asks who has got its publication.</summary>
public sealed class CollectReceiptTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ManualRouter _router = new();
    private readonly AkkaChatServer _server;
    private readonly NodeRequest.CollectReceipt _request = new(
        "/", Guid.NewGuid(), [new RoomPlace(new RoomName("a"), 7)], TimeSpan.FromSeconds(5));

    public CollectReceiptTests()
    {
        _server = TestServer.Create(time: _time);
        _server.Main.Start(_router);
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task It_answers_when_the_publication_has_been_delivered_and_not_before()
    {
        var answer = AskAsync();
        Assert.False(answer.IsCompleted);

        Deliver(new RecordingMember("ann"), new RecordingMember("bob"));
        Assert.False(answer.IsCompleted);
        _router.Delivered.SetResult();

        Assert.Equal(2, (await answer.EndInTime()).OfType<NodeReply.Receipt>().Sum(receipt => receipt.Delivered));
    }

    [Fact]
    public async Task Nobody_here_is_an_empty_answer()
    {
        _router.Delivered.SetResult();

        Assert.Empty(await AskAsync().EndInTime());
    }

    [Fact]
    public async Task What_has_not_been_delivered_at_the_time_limit_makes_the_answer_a_failure()
    {
        var answer = AskAsync();
        _time.Advance(TimeSpan.FromSeconds(5));

        var failed = Assert.IsType<NodeReply.Failed>(Assert.Single(await answer.EndInTime()));
        Assert.Equal(_server.Incarnation, failed.Node);
    }

    private void Deliver(params IRoomMember[] members) => _server.Foreign.Deliver(
        new PublicationContent(Wire.Pack("x"), false, [], null, null, new PublicationReceipt(_request.Id, null)), members);

    private async Task<List<NodeReply>> AskAsync()
    {
        List<NodeReply> replies = [];
        await foreach (var reply in new NodeRequestHandler(_server).HandleAsync(_request, CancellationToken.None))
        {
            replies.Add(reply);
        }

        return replies;
    }
}
