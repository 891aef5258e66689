using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Api;

/// <summary>What other programs learn by the HTTP API.</summary>
public sealed class HttpApiQuestionTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ApiClient _api = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiClient.StartServerAsync(
            io => io.Of("/admin"),
            options => options.UserId = socket => socket.Handshake.HasAuth ? socket.Handshake.Auth.As<JsonElement>().GetProperty("id").GetString() : null);
        _api = ApiClient.For(_server);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Rooms_are_listed_in_pages_with_their_members()
    {
        var members = await Member.JoinAsync(_server, 2);
        await JoinAsync(members[0], "b", "a", "c");
        await JoinAsync(members[1], "b", "order:1");

        (await _api.GetAsync("rooms?limit=2")).Is(
            """{"rooms":[{"name":"a","members":1},{"name":"b","members":2}],"next":"b","missingNodes":[]}""");
        (await _api.GetAsync("rooms?limit=2&after=b")).Is(
            """{"rooms":[{"name":"c","members":1},{"name":"order:1","members":1}],"next":"order:1","missingNodes":[]}""");
        (await _api.GetAsync("rooms?limit=2&after=order:1")).Is("""{"rooms":[],"next":null,"missingNodes":[]}""");
        (await _api.GetAsync("rooms?prefix=order:")).Is("""{"rooms":[{"name":"order:1","members":1}],"next":null,"missingNodes":[]}""");
        (await _api.GetAsync("rooms?namespace=/admin")).Is("""{"rooms":[],"next":null,"missingNodes":[]}""");
    }

    [Fact]
    public async Task The_rooms_of_users_are_the_servers_own_and_not_listed()
    {
        await _server.JoinAsync(auth: """{"id":"ana"}""");

        (await _api.GetAsync("rooms")).Is("""{"rooms":[],"next":null,"missingNodes":[]}""");
    }

    [Fact]
    public async Task Sockets_are_counted_by_room_and_user_or_all_of_them()
    {
        var members = await Member.JoinAsync(_server, 3);
        await JoinAsync(members[0], "r", "s");
        await JoinAsync(members[1], "s", "t");
        await _server.JoinAsync(auth: """{"id":"ana"}""");

        Assert.Equal(4, await CountAsync(""));
        Assert.Equal(1, await CountAsync("?room=r"));
        Assert.Equal(2, await CountAsync("?room=r&room=s"));
        Assert.Equal(1, await CountAsync("?room=r&room=s&except=t"));
        Assert.Equal(3, await CountAsync("?room=r&room=s&user=ana"));
        Assert.Equal(0, await CountAsync("?room=nobody"));
        Assert.Equal(0, await CountAsync("?namespace=admin"));
    }

    [Fact]
    public async Task Sockets_are_listed_in_pages_with_user_rooms_and_since_when()
    {
        var before = TimeProvider.System.GetUtcNow();
        var members = await Member.JoinAsync(_server, 2);
        await JoinAsync(members[0], "b", "a");
        await _server.JoinAsync(auth: """{"id":"ana"}""");

        List<JsonElement> all = [];
        string? after = null;
        do
        {
            var page = (await _api.GetAsync("sockets?limit=1" + (after is null ? "" : $"&after={after}"))).Json;
            all.Add(Assert.Single(page.GetProperty("sockets").EnumerateArray()));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(3, all.Count);
        Assert.Equal(all.Select(IdOf).Order(StringComparer.Ordinal), all.Select(IdOf));
        var first = Assert.Single(all, socket => IdOf(socket) == members[0].Id);
        Assert.Equal("""["a","b"]""", first.GetProperty("rooms").GetRawText());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("userId").ValueKind);
        Assert.InRange(first.GetProperty("connectedSince").GetDateTimeOffset(), before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Single(all, socket => socket.GetProperty("userId").GetString() == "ana");
    }

    [Fact]
    public async Task A_node_that_is_alone_is_a_cluster_of_one_with_its_numbers()
    {
        var members = await Member.JoinAsync(_server, 2);
        await members[0].Client.JoinAsync("/admin");
        await JoinAsync(members[0], "a", "b");
        await JoinAsync(members[1], "b");

        var report = (await _api.GetAsync("cluster")).Json;
        var node = Assert.Single(report.GetProperty("nodes").EnumerateArray());

        Assert.Equal(("akkachat", "default", 0), (
            report.GetProperty("name").GetString(), report.GetProperty("application").GetString(), report.GetProperty("shardCount").GetInt32()));
        Assert.Equal(members[0].Id[..8], node.GetProperty("incarnation").GetString());
        Assert.Equal("up", node.GetProperty("status").GetString());
        Assert.Equal(
            (true, true, false),
            (node.GetProperty("isReachable").GetBoolean(), node.GetProperty("isThis").GetBoolean(), node.GetProperty("isDraining").GetBoolean()));
        Assert.Equal("""{"sessions":2,"sockets":3,"rooms":2,"shards":[],"ownedRooms":2}""", node.GetProperty("load").GetRawText());
    }

    [Fact]
    public async Task A_node_that_is_about_to_end_says_so()
    {
        _server.Services.GetRequiredService<NodeLife>().Drain();

        Assert.True((await _api.GetAsync("cluster")).Json.GetProperty("nodes")[0].GetProperty("isDraining").GetBoolean());
    }

    private static string IdOf(JsonElement socket) => socket.GetProperty("id").GetString()!;

    private static Task JoinAsync(Member member, params string[] rooms) => Task.WhenAll(rooms.Select(member.Socket.JoinAsync)).Soon();

    private async Task<int> CountAsync(string query) => (await _api.GetAsync("sockets/count" + query)).Json.GetProperty("count").GetInt32();
}
