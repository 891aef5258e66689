using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sessions;

/// <summary>Bare Engine.IO, on a real session.</summary>
public class EngineConnectionTests
{
    [Fact]
    public async Task What_the_connection_callback_sends_follows_the_handshake()
    {
        await using var server = TestServer.Start();
        var client = await OpenAsync(server, socket => socket.Send("hello"));

        Assert.StartsWith("0{", await client.ReadAsync());
        Assert.Equal("4hello", await client.ReadAsync());
    }

    [Fact]
    public async Task Messages_come_back_as_they_went_text_and_binary()
    {
        await using var server = TestServer.Start();
        var client = await OpenAsync(server, socket => socket.OnMessage(socket.Send));
        client.Send("4héllo");
        client.SendBinary(1, 2, 3);
        client.SendBinary();

        Assert.Equal(["4héllo", "b:010203", "b:"], (await client.ReadAsync(4))[1..]);
    }

    [Fact]
    public async Task The_connection_callback_can_close_the_connection()
    {
        await using var server = TestServer.Start();
        var reason = new TaskCompletionSource<string>();
        var client = await OpenAsync(server, socket =>
        {
            socket.OnClose(reason.SetResult);
            socket.Close();
        });

        Assert.Equal("finish: forced server close", await client.Transport.Ended.EndInTime());
        Assert.Equal("forced server close", await reason.Task.EndInTime());
    }

    [Fact]
    public async Task A_callback_that_throws_harms_nobody()
    {
        await using var server = TestServer.Start();
        var client = await OpenAsync(server, socket =>
        {
            socket.OnMessage(message => socket.Send(message.Text == "bad" ? throw new InvalidOperationException() : "ok"));
            throw new InvalidOperationException();
        });
        client.Send("4bad");
        client.Send("4good");

        Assert.Equal("4ok", (await client.ReadAsync(2))[1]);
    }

    [Fact]
    public async Task The_window_opens_again_after_each_message()
    {
        await using var server = TestServer.Start(options => options.MaxPendingEvents = 1);
        var client = await OpenAsync(server, socket => socket.OnMessage(socket.Send));
        await client.ReadAsync();
        for (var number = 0; number < 50; number++)
        {
            await client.SendInWindowAsync($"4{number}").EndInTime();
        }

        Assert.Equal("449", (await client.ReadAsync(50))[^1]);
    }

    private static async Task<TestClient> OpenAsync(TestServer server, Action<EngineSocket> onConnection)
    {
        RecordingTransport transport = null!;
        var session = await server.Server.OpenSessionAsync(
            new Handshake(),
            session => transport = new RecordingTransport(session.Outbox),
            host => new EngineConnection(server.Server, host, onConnection),
            EngineTransport.WebSocket).EndInTime();
        return new TestClient(session!, transport);
    }
}
