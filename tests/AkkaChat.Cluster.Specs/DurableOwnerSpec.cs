using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Cluster.Tests.Logs;

namespace AkkaChat.Cluster.Specs;

/// <summary>Durable rooms of which some lose the node that keeps their order, which is not the one that stores them.</summary>
public sealed class DurableOwnerSpec : IAsyncLifetime
{
    private static readonly string[] Rooms = [.. Enumerable.Range(1, 16).Select(number => $"room{number}")];

    private ClusterServers _servers = null!;

    public async Task InitializeAsync()
    {
        _servers = await ClusterServers.StartAsync(3, options => options.EmitTimeout = TimeSpan.FromSeconds(1), new SharedFile());
        _servers[1].Io.On("enter", (Socket socket, string room) => _servers[1].Io.LogOf(room).JoinAsync(socket));
        await Eventually.Is(() => _servers[0].Server.Logs!.Cluster!.IsWriting, "the first node writes");
    }

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task What_is_stored_while_the_room_has_no_owner_comes_to_its_members_when_it_has_one_again()
    {
        var client = await _servers[1].ConnectAsync();
        foreach (var room in Rooms)
        {
            client.Send($"""427["enter","{room}"]""");
            Assert.StartsWith("437[{\"position\"", await client.ReadAsync());
        }

        await _servers.KillAsync(2);
        var outcomes = await Task.WhenAll(Rooms.Select(PublishAsync)).WaitAsync(Eventually.Patience);

        Assert.Contains("log_unavailable", outcomes);
        Assert.Contains("stored and sent", outcomes);
        HashSet<string> received = [];
        while (received.Count < Rooms.Length)
        {
            var message = await client.Transport.Written.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
            Assert.True(received.Add(message), message);
        }

        await client.ExpectNothingAsync();
    }

    private async Task<string> PublishAsync(string room)
    {
        try
        {
            await _servers[1].Io.LogOf(room).PublishAsync("chat", room);
            return "stored and sent";
        }
        catch (EventException exception)
        {
            return exception.Code!;
        }
    }
}
