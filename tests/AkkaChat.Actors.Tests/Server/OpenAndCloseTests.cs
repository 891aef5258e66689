using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Sockets;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Server;

public class OpenAndCloseTests
{
    [Fact]
    public async Task An_open_session_can_be_found_until_it_ends()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        Assert.Same(client.Session, server.Server.FindSession(client.Session.Id));
        Assert.Equal(1, server.Server.SessionCount);

        client.Session.Close(CloseReason.TransportClose);
        await Limit.WaitUntil(() => server.Server.FindSession(client.Session.Id) is null);
        Assert.Equal(0, server.Server.SessionCount);
    }

    [Fact]
    public async Task Before_the_start_and_after_the_end_no_session_opens()
    {
        using var notStarted = TestServer.Create();
        Assert.Null(await OpenAsync(notStarted).EndInTime());

        await using var server = TestServer.Start();
        await server.Server.CloseSessionsAsync(Limit.Time).EndInTime();
        Assert.Null(await OpenAsync(server.Server).EndInTime());
    }

    [Fact]
    public async Task At_the_end_all_clients_are_closed_in_good_order()
    {
        await using var server = TestServer.Start();
        var clients = new List<TestClient>();
        for (var number = 0; number < 20; number++)
        {
            clients.Add(await server.ConnectAsync());
        }

        await server.Server.CloseSessionsAsync(Limit.Time).EndInTime();

        foreach (var client in clients)
        {
            Assert.Equal("finish: server shutting down", await client.Transport.Ended.EndInTime());
        }

        Assert.Equal(0, server.Server.SessionCount);
    }

    [Fact]
    public async Task A_session_that_opens_while_the_server_ends_is_closed_too()
    {
        await using var server = TestServer.Start();
        using var isOpening = new ManualResetEventSlim();
        using var mayOpen = new ManualResetEventSlim();
        RecordingTransport transport = null!;
        var opening = server.Server.OpenSessionAsync(
            new Handshake(),
            session => transport = new RecordingTransport(session.Outbox),
            host =>
            {
                isOpening.Set();
                mayOpen.WaitInTime();
                return new SocketIOConnection(server.Server, host);
            },
            EngineTransport.WebSocket);
        isOpening.WaitInTime();

        var closing = server.Server.CloseSessionsAsync(Limit.Time);
        mayOpen.Set();
        await opening.EndInTime();

        Assert.Equal("finish: server shutting down", await transport.Ended.EndInTime());
        await closing.EndInTime();
    }

    [Fact]
    public async Task A_session_whose_application_cannot_be_made_fails_to_open_and_leaves_nothing_behind()
    {
        await using var server = TestServer.Start();
        var opening = server.Server.OpenSessionAsync(
            new Handshake(),
            session => new RecordingTransport(session.Outbox),
            _ => throw new InvalidOperationException("broken"),
            EngineTransport.WebSocket);

        await Assert.ThrowsAsync<InvalidOperationException>(() => opening.EndInTime());
        Assert.Equal(0, server.Server.SessionCount);
        await server.ConnectAsync();
    }

    [Fact]
    public async Task A_reader_does_not_wait_for_the_window_of_a_session_that_has_ended()
    {
        await using var server = TestServer.Start(options => options.MaxPendingEvents = 2);
        var client = await server.ConnectAsync();
        client.Session.Close(CloseReason.TransportClose);
        await server.Server.CloseSessionsAsync(Limit.Time).EndInTime();

        for (var number = 0; number < 10; number++)
        {
            await client.SendInWindowAsync("42[\"late\"]").EndInTime();
        }
    }

    [Fact]
    public async Task Ids_of_sessions_and_sockets_carry_the_incarnation_of_their_node_and_differ()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();

        Assert.StartsWith(server.Server.Incarnation + "~", client.Session.Id);
        Assert.StartsWith(server.Server.Incarnation + "~", client.Id);
        Assert.NotEqual(client.Session.Id, client.Id);
    }

    [Theory]
    [InlineData("/a", "/a")]
    [InlineData("a", "/a")]
    [InlineData("/", "/")]
    public void A_namespace_is_known_by_its_name_with_a_slash(string given, string name)
    {
        using var server = TestServer.Create();
        var first = server.Of(given);

        Assert.Equal(name, first.Name);
        Assert.Same(first, server.Of(name));
        Assert.Null(server.FindNamespace("/other"));
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [InlineData("")]
    public void Reserved_names_are_refused_for_handlers_and_emits(string name)
    {
        using var server = TestServer.Create();

        Assert.Throws<ArgumentException>(() => server.Main.On(name, () => { }));
        Assert.Throws<ArgumentException>(() => { _ = server.Main.EmitAsync(name); });
    }

    private static Task<Session?> OpenAsync(AkkaChatServer server) => server.OpenSessionAsync(
        new Handshake(),
        session => new RecordingTransport(session.Outbox),
        host => new SocketIOConnection(server, host),
        EngineTransport.WebSocket);
}
