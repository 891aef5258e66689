using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>Rooms and whom an emit reaches. Each check sends a marker behind, so that nothing is only late.</summary>
public sealed class RoomTests : IAsyncLifetime
{
    private const string Said = """42["said"]""";

    private TestServer _server = null!;
    private Member _a = null!;
    private Member _b = null!;
    private Member _c = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(settings: ("max-rooms-per-socket", "20"));
        var members = await Member.JoinAsync(_server, 3);
        (_a, _b, _c) = (members[0], members[1], members[2]);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_room_reaches_its_members_until_they_leave()
    {
        await JoinAsync("room", _a, _b);
        await SayAsync(_server.Io.To("room"), _a, _b);
        await _a.Socket.LeaveAsync("room").Soon();
        await SayAsync(_server.Io.To("room"), _b);
        await _b.Socket.LeaveAsync("room").Soon();
        await SayAsync(_server.Io.To("room"));
        await JoinAsync("room", _c);
        await SayAsync(_server.Io.To("room"), _c);
    }

    [Fact]
    public async Task A_socket_knows_its_rooms()
    {
        await JoinAsync("one", _a);
        await JoinAsync("two", _a);
        await JoinAsync("two", _a);
        Assert.Equal(["one", "two"], _a.Socket.Rooms.Order());
        await _a.Socket.LeaveAsync("one").Soon();
        await _a.Socket.LeaveAsync("never joined").Soon();
        Assert.Equal(["two"], _a.Socket.Rooms);
    }

    [Fact]
    public async Task Joining_twice_gives_one_copy_and_leaving_once_is_enough()
    {
        await JoinAsync("room", _a);
        await JoinAsync("room", _a);
        await SayAsync(_server.Io.To("room"), _a);
        await _a.Socket.LeaveAsync("room").Soon();
        await SayAsync(_server.Io.To("room"));
    }

    [Fact]
    public async Task Everybody_is_everybody()
    {
        await SayAsync(_server.Io, _a, _b, _c);
        await SayAsync(_a.Socket.Broadcast, _b, _c);
    }

    [Fact]
    public async Task Several_rooms_reach_each_member_once()
    {
        await JoinAsync("one", _a, _b);
        await JoinAsync("two", _b, _c);
        await SayAsync(_server.Io.To("one", "two"), _a, _b, _c);
        await SayAsync(_server.Io.To("one").To("two").To("one"), _a, _b, _c);
        await SayAsync(_server.Io.To("two", _b.Id, _c.Id), _b, _c);
        await SayAsync(_server.Io.To("nobody", "one"), _a, _b);
    }

    [Fact]
    public async Task Exceptions_win_over_targets()
    {
        await JoinAsync("one", _a, _b, _c);
        await JoinAsync("two", _b);
        await SayAsync(_server.Io.To("one").Except("two"), _a, _c);
        await SayAsync(_server.Io.Except("two"), _a, _c);
        await SayAsync(_server.Io.Except("two", _a.Id), _c);
        await SayAsync(_server.Io.To("two").Except("two"));
        await SayAsync(_server.Io.Except(), _a, _b, _c);
    }

    [Fact]
    public async Task A_sockets_own_emits_leave_itself_out()
    {
        await JoinAsync("one", _a, _b);
        await SayAsync(_a.Socket.To("one"), _b);
        await SayAsync(_a.Socket.To("one", _c.Id), _b, _c);
        await SayAsync(_a.Socket.To(_a.Id));
        await SayAsync(_a.Socket.Except("one"), _c);
        await SayAsync(_a.Socket.Broadcast.Except(_b.Id), _c);
        await SayAsync(_a.Socket.To("one", _c.Id).Except(_b.Id), _c);
    }

    [Fact]
    public async Task An_id_reaches_its_socket()
    {
        await SayAsync(_server.Io.To(_b.Id), _b);
        await SayAsync(_server.Io.To(_b.Id, _b.Id, _c.Id), _b, _c);
        await SayAsync(_server.Io.To(new string('A', 8) + "~" + new string('A', 22)));
    }

    [Fact]
    public async Task A_list_without_names_reaches_nobody()
    {
        await SayAsync(_server.Io.To());
        await SayAsync(_a.Socket.To([]));
        await SayAsync(_server.Io.To().To("empty room"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_missing_name_throws_and_never_means_everybody(string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => _server.Io.To(name!));
        Assert.ThrowsAny<ArgumentException>(() => _server.Io.To("room", name!));
        Assert.ThrowsAny<ArgumentException>(() => _server.Io.Except(name!));
        Assert.ThrowsAny<ArgumentException>(() => _a.Socket.To(name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _a.Socket.JoinAsync(name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _a.Socket.LeaveAsync(name!));
        await SayAsync(_server.Io.To("room"));
    }

    [Fact]
    public async Task A_room_that_looks_like_an_id_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _a.Socket.JoinAsync(_b.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => _a.Socket.LeaveAsync(_a.Id));
        await SayAsync(_server.Io.To(_b.Id), _b);
        await SayAsync(_server.Io.To(_a.Id), _a);
    }

    [Fact]
    public async Task Ids_of_a_selection_can_be_listed()
    {
        await JoinAsync("one", _a, _b);
        await JoinAsync("two", _b);
        await ListsAsync(_server.Io, _a, _b, _c);
        await ListsAsync(_server.Io.To("one", "two"), _a, _b);
        await ListsAsync(_server.Io.To("one").Except("two"), _a);
        await ListsAsync(_server.Io.To(_c.Id, "two"), _b, _c);
        await ListsAsync(_server.Io.To("empty"));
        await ListsAsync(_server.Io.To());
        await ListsAsync(_a.Socket.Broadcast, _b, _c);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("user/$a")]
    [InlineData("%2F")]
    [InlineData("#")]
    [InlineData("a\0")]
    [InlineData("\u2028 \U0001F600")]
    [InlineData("*")]
    public async Task A_room_may_have_any_name(string name)
    {
        await JoinAsync(name, _a);
        await SayAsync(_server.Io.To(name), _a);
    }

    [Fact]
    public async Task Names_are_the_same_only_if_every_character_is()
    {
        await JoinAsync("I", _a);
        await JoinAsync("\u00E9", _b);
        await JoinAsync("room", _c);
        await SayAsync(_server.Io.To("i", "\u0131", "\u0130", "e\u0301", "Room", "room ", "ro\u00ADom"));
    }

    [Fact]
    public async Task Rooms_belong_to_their_namespace()
    {
        _server.Io.Of("/other").On("echo", (Socket socket, EventArguments all) => socket.EmitAsync("echo", all));
        var other = await Member.JoinAsync(_server, "/other");
        await other.Socket.JoinAsync("room").Soon();

        await SayAsync(_server.Io.To("room"));
        await _server.Io.EmitAsync("said").Soon();
        await _server.Io.Of("/other").To("room").EmitAsync("mine").Soon();
        await other.Client.ExpectAsync("""42/other,["mine"]""");
    }

    [Fact]
    public async Task Who_disconnects_is_out_of_all_rooms()
    {
        await JoinAsync("room", _a, _b);
        await _a.Client.CloseAsync();
        await ListsSoonAsync(_server.Io.To("room"), _b);
        await ListsAsync(_server.Io, _b, _c);
        await _server.Io.To("room", _a.Id).EmitAsync("said").Soon();
        await _b.SeesOnlyAsync(Said);
        Assert.Empty(_a.Socket.Rooms);
        Assert.Null(_server.Io.Find(_a.Id));
    }

    [Fact]
    public async Task Who_has_gone_can_do_no_harm()
    {
        await JoinAsync("room", _b);
        await _a.Client.CloseAsync();
        await ListsSoonAsync(_server.Io, _b, _c);

        await _a.Socket.JoinAsync("room").Soon();
        await _a.Socket.LeaveAsync("room").Soon();
        await _a.Socket.EmitAsync("x").Soon();
        await _a.Socket.DisconnectAsync().Soon();
        await _a.Socket.DisconnectAsync(close: true).Soon();
        _a.Socket.Abort();
        await ListsAsync(_server.Io.To("room"), _b);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => _a.Socket.CallAsync<string>("x").Soon());
        Assert.True(_a.Socket.Aborted.IsCancellationRequested);
    }

    [Fact]
    public async Task There_is_a_limit_on_the_rooms_of_one_socket()
    {
        for (var room = 0; room < 20; room++)
        {
            await JoinAsync($"room {room}", _a);
        }

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _a.Socket.JoinAsync("one more").Soon());
        Assert.Contains("akkachat.max-rooms-per-socket", exception.Message, StringComparison.Ordinal);
        await _a.Socket.LeaveAsync("room 0").Soon();
        await JoinAsync("one more", _a);
    }

    [Fact]
    public async Task All_members_see_what_many_say_in_one_order()
    {
        await JoinAsync("room", _a, _b, _c);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(speaker => Task.Run(async () =>
        {
            for (var number = 0; number < 50; number++)
            {
                await _server.Io.To("room").EmitAsync("said", speaker, number);
            }
        })));

        for (var message = 0; message < 400; message++)
        {
            var seen = await _a.Client.ReceiveAsync();
            Assert.Equal(seen, await _b.Client.ReceiveAsync());
            Assert.Equal(seen, await _c.Client.ReceiveAsync());
        }
    }

    private static Task JoinAsync(string room, params Member[] members) =>
        Task.WhenAll(members.Select(member => member.Socket.JoinAsync(room))).Soon();

    private static async Task ListsAsync(IBroadcaster target, params Member[] those) =>
        Assert.Equal(those.Select(member => member.Id).Order(), (await target.SocketIdsAsync().Soon()).Order());

    private static async Task ListsSoonAsync(IBroadcaster target, params Member[] those)
    {
        using var limit = new CancellationTokenSource(Limit.Patience);
        while ((await target.SocketIdsAsync(limit.Token)).Count != those.Length)
        {
            await Task.Yield();
        }

        await ListsAsync(target, those);
    }

    /// <summary>Emits, and looks at all three: these saw it once, the others nothing.</summary>
    private async Task SayAsync(IBroadcaster target, params Member[] those)
    {
        await target.EmitAsync("said").Soon();
        foreach (var member in new[] { _a, _b, _c })
        {
            await member.SeesOnlyAsync(those.Contains(member) ? [Said] : []);
        }
    }
}
