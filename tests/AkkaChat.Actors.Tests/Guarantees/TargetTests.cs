using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Guarantees;

/// <summary>DESIGN 5.4 and 5.6: whom an emit reaches.</summary>
public class TargetTests
{
    [Fact]
    public async Task Design_5_4_a_union_reaches_each_socket_once_and_not_those_excepted()
    {
        await using var server = Start();
        var (ann, bob, cid) = (await JoinAsync(server, "a", "b"), await JoinAsync(server, "b", "c"), await JoinAsync(server, "a"));
        for (var round = 0; round < 20; round++)
        {
            await server.Io.To("a", "b", ann.Id).Except("c").EmitAsync("e", round).EndInTime();
            await server.Io.To(bob.Id).EmitAsync("only", round).EndInTime();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(round => $"42[\"e\",{round}]"), await ann.ReadAsync(20));
        Assert.Equal(Enumerable.Range(0, 20).Select(round => $"42[\"e\",{round}]"), await cid.ReadAsync(20));
        Assert.Equal(Enumerable.Range(0, 20).Select(round => $"42[\"only\",{round}]"), await bob.ReadAsync(20));
        await ann.ExpectNothingAsync();
        await bob.ExpectNothingAsync();
        await cid.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_socket_is_not_among_those_it_broadcasts_to()
    {
        await using var server = Start();
        var (ann, bob, cid) = (await JoinAsync(server, "a"), await JoinAsync(server, "a"), await JoinAsync(server, "b"));
        var socket = server.Io.Find(ann.Id)!;

        await socket.Broadcast.EmitAsync("all").EndInTime();
        await socket.To("a").EmitAsync("room").EndInTime();
        await socket.Except("a").EmitAsync("rest").EndInTime();
        await socket.To(ann.Id, "a").EmitAsync("self").EndInTime();

        Assert.Equal(["42[\"all\"]", "42[\"room\"]", "42[\"self\"]"], await bob.ReadAsync(3));
        Assert.Equal(["42[\"all\"]", "42[\"rest\"]"], await cid.ReadAsync(2));
        await ann.ExpectNothingAsync();
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Design_5_6_an_empty_list_of_targets_reaches_nobody_and_a_missing_name_throws()
    {
        await using var server = Start();
        var ann = await JoinAsync(server, "a");

        await server.Io.To().EmitAsync("e").EndInTime();
        Assert.Empty(await server.Io.To().SocketIdsAsync().EndInTime());
        Assert.Throws<ArgumentException>(() => server.Io.To(""));
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_room_without_members_and_an_unknown_id_take_emits_without_effect()
    {
        await using var server = Start();

        await server.Io.EmitAsync("e").EndInTime();
        await server.Io.To("nobody", CreateId()).EmitAsync("e").EndInTime();
        Assert.Empty(await server.Io.To("nobody").SocketIdsAsync().EndInTime());
    }

    [Fact]
    public async Task Ids_can_be_asked_for_from_within_a_handler_too()
    {
        await using var server = Start();
        var ids = new TaskCompletionSource<IReadOnlyList<string>>();
        server.Io.On("ids", async (Socket socket) =>
        {
            _ = socket.JoinAsync("late");
            ids.SetResult(await server.Io.To("a", "late").SocketIdsAsync());
        });
        var (ann, bob) = (await JoinAsync(server, "a"), await JoinAsync(server, "b"));
        bob.Send("42[\"ids\"]");

        Assert.Equal(new[] { ann.Id, bob.Id }.Order(), (await ids.Task.EndInTime()).Order());
        Assert.Equal([ann.Id], await server.Io.Except("b").SocketIdsAsync().EndInTime());
    }

    [Fact]
    public async Task A_socket_that_has_left_its_room_gets_nothing_more_and_knows_its_rooms()
    {
        await using var server = Start();
        var ann = await JoinAsync(server, "a", "b");
        var socket = server.Io.Find(ann.Id)!;
        Assert.Equal(["a", "b"], socket.Rooms.Order());

        await socket.LeaveAsync("a").EndInTime();
        await server.Io.To("a").EmitAsync("e").EndInTime();
        Assert.Equal(["b"], socket.Rooms);
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_id_of_a_socket_is_no_room_to_join_or_leave()
    {
        await using var server = Start();
        var (ann, bob) = (await JoinAsync(server), await JoinAsync(server));
        var socket = server.Io.Find(ann.Id)!;

        Assert.Throws<ArgumentException>(() => { _ = socket.JoinAsync(bob.Id); });
        Assert.Throws<ArgumentException>(() => { _ = socket.LeaveAsync(ann.Id); });
    }

    [Fact]
    public async Task Namespaces_have_rooms_and_handlers_of_their_own()
    {
        await using var server = Start();
        server.Io.Of("/a").On("join", (Socket socket) => socket.JoinAsync("a"));
        var main = await JoinAsync(server, "a");
        var other = await server.ConnectAsync("/a");
        other.Send("42/a,1[\"join\"]");
        Assert.Equal("43/a,1[]", await other.ReadAsync());

        await server.Io.Of("/a").To("a").EmitAsync("e").EndInTime();
        Assert.Equal("42/a,[\"e\"]", await other.ReadAsync());
        await main.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_volatile_emit_is_dropped_for_those_who_cannot_take_it_at_once()
    {
        await using var server = Start();
        var (ann, bob) = (await JoinAsync(server, "a"), await JoinAsync(server, "a"));
        ann.Transport.Block();

        await server.Io.To("a").Volatile.EmitAsync("v").EndInTime();
        await server.Io.Find(ann.Id)!.Volatile.EmitAsync("v").EndInTime();
        ann.Transport.Unblock();

        Assert.Equal("42[\"v\"]", await bob.ReadAsync());
        await ann.ExpectNothingAsync();
    }

    private static string CreateId() => AkkaChat.Sockets.SocketId.New("12345678");

    private static TestServer Start()
    {
        var server = TestServer.Start();
        server.Io.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        return server;
    }

    private static async Task<TestClient> JoinAsync(TestServer server, params string[] rooms)
    {
        var client = await server.ConnectAsync();
        foreach (var room in rooms)
        {
            client.Send($"420[\"join\",\"{room}\"]");
            Assert.Equal("430[]", await client.ReadAsync());
        }

        return client;
    }
}
