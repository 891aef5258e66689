using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Cluster.Tests.Logs;
using AkkaChat.Membership;
using AkkaChat.Nodes;

namespace AkkaChat.Cluster.Specs;

/// <summary>Who is to write the logs of durable rooms, while nodes are about to leave: first by the rule, then by whole servers.</summary>
public sealed class WriterElectionSpec
{
    /// <summary>Candidates, the oldest first: d drains; 1 writes, 2 does so no more, 0 has not yet; ! is the node that decides.</summary>
    [Theory]
    [InlineData("0 0", 0)]
    [InlineData("1 0!", 0)]
    [InlineData("1d 0", 1)]
    [InlineData("1d! 0 0", 1)]
    [InlineData("2d 1 0", 1)]
    [InlineData("2d 1d", 1)]
    [InlineData("2d! 1d 0d", 1)]
    [InlineData("0d! 1d", 1)]
    [InlineData("1d 0d", 0)]
    [InlineData("2d 0d 0d", 1)]
    [InlineData("1d 1d 0d!", 1)]
    [InlineData("1d! 1d", 0)]
    [InlineData("2d 2d", 0)]
    public void The_oldest_that_stays_is_to_write_or_if_none_stays_the_one_that_does_or_can(string candidates, int expected)
    {
        List<WriterCandidate> all = [.. candidates.Split(' ').Select((one, number) => new WriterCandidate(
            $"{number}", one.Contains('!', StringComparison.Ordinal), one.Contains('d', StringComparison.Ordinal), (LogWriting)(one[0] - '0')))];

        Assert.Equal($"{expected}", WriterCandidate.Choose(all)!.Incarnation);
    }

    [Fact]
    public void Without_candidates_nobody_is() => Assert.Null(WriterCandidate.Choose([]));

    [Fact]
    public async Task While_all_nodes_are_about_to_leave_the_one_that_writes_goes_on()
    {
        var file = new SharedFile();
        await using var servers = await ClusterServers.StartAsync(3, logs: file);
        await Eventually.Is(() => servers.IsWriting(0), "the first node writes");
        servers.Drain(0);
        await Eventually.Is(() => servers.IsWriting(1), "the second node writes");

        servers.Drain(1);
        servers.Drain(2);
        await Eventually.Is(() => Enumerable.Range(0, 3).All(servers.SeesAllDraining), "all know that all drain");
        var from = TimeProvider.System.GetTimestamp();
        for (var number = 0; TimeProvider.System.GetElapsedTime(from) < TimeSpan.FromSeconds(1); number++)
        {
            await servers[number % 3].Io.LogOf("lobby").PublishAsync("chat", number).WaitAsync(Eventually.Patience);
        }

        Assert.True(servers.IsWriting(1));
        Assert.Equal(2, file.Opened);
    }

    [Fact]
    public async Task The_last_nodes_to_leave_write_one_after_the_other_until_none_can_any_more()
    {
        var file = new SharedFile();
        await using var servers = await ClusterServers.StartAsync(3, logs: file);
        await Eventually.Is(() => servers.IsWriting(0), "the first node writes");
        servers.Drain(1);
        servers.Drain(2);
        servers.Drain(0);
        await Eventually.Is(() => Enumerable.Range(0, 3).All(servers.SeesAllDraining), "all know that all drain");

        await servers.LeaveAsync(0);
        await Eventually.Is(() => servers.IsWriting(1), "the second node writes");
        await servers.LeaveAsync(1);
        await Eventually.Is(() => servers.IsWriting(2), "the third node writes");

        Assert.Equal(1, (await servers[2].Io.LogOf("lobby").PublishAsync("chat", "last").WaitAsync(Eventually.Patience)).Offset);
    }
}
