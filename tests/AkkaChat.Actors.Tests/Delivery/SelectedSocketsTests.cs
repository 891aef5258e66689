using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

/// <summary>What is done to many sockets at once.</summary>
public sealed class SelectedSocketsTests
{
    [Fact]
    public async Task What_one_socket_cannot_do_all_others_have_done_when_it_fails()
    {
        await using var server = TestServer.Start(named: new Dictionary<string, string> { ["max-rooms-per-socket"] = "1" });
        List<Socket> full = [], free = [];
        for (var number = 0; number < 5; number++)
        {
            full.Add(server.Io.Find((await server.ConnectAsync()).Id)!);
            free.Add(server.Io.Find((await server.ConnectAsync()).Id)!);
            await full[^1].JoinAsync("a").EndInTime();
        }

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Io.JoinAllAsync("b").EndInTime());

        Assert.Contains("max-rooms-per-socket", failure.Message, StringComparison.Ordinal);
        Assert.All(full, socket => Assert.Equal(["a"], socket.Rooms));
        Assert.All(free, socket => Assert.Equal(["b"], socket.Rooms));
    }
}
