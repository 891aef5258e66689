using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>A node whose messages another one stores and places, and on which they do not arrive.</summary>
public sealed class UndeliveredLogTests : IDisposable
{
    private static readonly TimeSpan EmitTimeout = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly ManualRouter _router = new();
    private readonly AkkaChatServer _server;

    public UndeliveredLogTests()
    {
        _server = TestServer.Create(options => options.EmitTimeout = EmitTimeout, _time, new SharedFile().StoreOfNode());
        _server.Peers = new Writer();
        _server.Logs!.StartInCluster(new FakeElection { Elected = "writer" }, largest: 1 << 20);
        _server.Main.Start(_router);
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_publisher_hears_when_the_members_here_have_the_message()
    {
        var published = _server.Main.LogOf("lobby").PublishAsync("chat", "a");
        Assert.False(published.IsCompleted);

        _router.Delivered.SetResult();

        Assert.Equal(3, (await published.EndInTime()).Offset);
    }

    [Fact]
    public async Task What_does_not_arrive_in_time_is_an_unavailable_log_and_nothing_else()
    {
        // Between two looks at what is overdue, so that the wait for the members ends first.
        _time.Advance(TimeSpan.FromMilliseconds(100));
        var published = _server.Main.LogOf("lobby").PublishAsync("chat", "a");

        _time.Advance(EmitTimeout);

        var told = await Assert.ThrowsAsync<EventException>(() => published.EndInTime());
        Assert.Equal("log_unavailable", told.Code);
        Assert.Contains("akkachat.emit-timeout", told.InnerException!.Message, StringComparison.Ordinal);
    }

    /// <summary>A node that stores whatever it is given, at offset 3 of the log and place 7 of the room.</summary>
    private sealed class Writer : IPeerNodes
    {
        public Task<PeerReplies> AskAsync(
            NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken) =>
            Task.FromResult(new PeerReplies([new NodeReply.Log(new LogReply.Published(new LogPosition("e", 3), 7))], []));
    }
}
