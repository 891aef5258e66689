using System.Text.Json;
using AkkaChat.Host.Chat;
using AkkaChat.Testing;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>The server part of the chat page, by what its clients see.</summary>
public sealed class ChatServerTests : IAsyncLifetime
{
    private const string ClientA = "client-a-0123456789";
    private const string ClientB = "client-b-0123456789";

    private ChatTestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await ChatTestServer.StartAsync(io => new ChatServer(io, TimeProvider.System).Map());

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_name_belongs_to_one_client_whatever_its_case()
    {
        await EnterAsync("Ana", ClientA);

        Assert.Equal("name_taken", await IsRefusedAsync("ANA", ClientB));
        Assert.Equal("name_taken", await IsRefusedAsync("ana", null));
        Assert.Equal("name_invalid", await IsRefusedAsync(" ", ClientB));
        await EnterAsync("Ben", ClientB);
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_client_has_gone()
    {
        var ana = await EnterAsync("Ana");
        await ana.DisconnectAsync();
        await _server.SettleAsync();

        await EnterAsync("Ana");
    }

    [Fact]
    public async Task The_same_client_takes_its_name_over_and_its_earlier_connection_is_told_and_out_of_all_rooms()
    {
        var ben = await EnterAsync("Ben");
        await JoinAsync(ben, "lobby");
        var earlier = await EnterAsync("Ana", ClientA);
        await JoinAsync(earlier, "lobby");
        await ben.ExpectAsync("joined");

        await EnterAsync("Anna", ClientA);

        await earlier.ExpectAsync("replaced");
        await earlier.ExpectDisconnectAsync();
        Assert.Equal("Ben", MembersOf(await ben.ExpectAsync<JsonElement>("left")));
        await EnterAsync("Ana", ClientB);
    }

    [Fact]
    public async Task Who_enters_and_leaves_a_room_is_told_to_all_in_it_with_the_list_of_those_who_are()
    {
        var ana = await EnterAsync("Ana");
        Assert.Equal("Ana", MembersOf(await JoinAsync(ana, "lobby")));
        var ben = await EnterAsync("Ben");
        Assert.Equal("Ana Ben", MembersOf(await JoinAsync(ben, "lobby")));
        await ana.ExpectAsync("joined");

        var joined = await ana.ExpectAsync<JsonElement>("joined");
        Assert.Equal(("Ben", "Ana Ben"), (joined.GetProperty("name").GetString(), MembersOf(joined)));
        await ben.CallAsync("leave", new { room = "lobby" });
        Assert.Equal("Ana", MembersOf(await ana.ExpectAsync<JsonElement>("left")));
    }

    [Fact]
    public async Task Rooms_that_differ_in_case_are_one_spelled_as_the_first_did()
    {
        var ana = await EnterAsync("Ana");
        var ben = await EnterAsync("Ben");
        Assert.Equal("Lobby", (await JoinAsync(ana, "Lobby")).GetProperty("room").GetString());
        Assert.Equal("Lobby", (await JoinAsync(ben, "LOBBY")).GetProperty("room").GetString());

        await SayAsync(ben, "lobby", "hello");

        Assert.Equal("Lobby", (await ana.ExpectAsync<JsonElement>("message")).GetProperty("room").GetString());
    }

    [Fact]
    public async Task Only_who_is_in_a_room_speaks_there()
    {
        var ana = await EnterAsync("Ana");
        Assert.False((await SayAsync(ana, "lobby", "hello")).GetProperty("ok").GetBoolean());
        await JoinAsync(ana, "lobby");
        Assert.True((await SayAsync(ana, "lobby", "hello")).GetProperty("ok").GetBoolean());
        await ana.CallAsync("leave", new { room = "lobby" });
        Assert.False((await SayAsync(ana, "lobby", "hello")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task To_enter_again_changes_nothing_and_tells_nobody()
    {
        var ana = await EnterAsync("Ana");
        await JoinAsync(ana, "lobby");
        await ana.ExpectAsync("joined");

        Assert.Equal("Ana", MembersOf(await JoinAsync(ana, "LOBBY")));

        Assert.DoesNotContain(await ana.ReceivedAsync(), received => received.Name == "joined");
    }

    [Fact]
    public async Task Nobody_is_in_more_than_fifty_rooms()
    {
        var ana = await EnterAsync("Ana");
        for (var number = 0; number < ChatRules.MaxRoomsPerPerson; number++)
        {
            await JoinAsync(ana, $"room {number}");
        }

        Assert.Contains("50 rooms", (await JoinAsync(ana, "one more")).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True((await JoinAsync(ana, "room 0")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Whoever_comes_hears_which_rooms_there_are_the_fullest_first()
    {
        var (ana, ben) = (await EnterAsync("Ana"), await EnterAsync("Ben"));
        await JoinAsync(ana, "Help");
        await JoinAsync(ana, "Lobby");
        await JoinAsync(ben, "lobby");

        var rooms = await (await EnterAsync("Cem")).ExpectAsync<JsonElement>("rooms");

        Assert.Equal(
            ["Lobby 2", "Help 1"],
            rooms.EnumerateArray().Select(room => $"{room.GetProperty("room").GetString()} {room.GetProperty("members").GetInt32()}"));
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_not_there_twice()
    {
        var ana = await EnterAsync("Ana");
        await JoinAsync(ana, "lobby");

        var first = await SayAsync(ana, "lobby", "hello", key: "k1");
        var again = await SayAsync(ana, "lobby", "hello", key: "k1");

        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Single(await ana.ReceivedAsync(), received => received.Name == "message");
    }

    private static string MembersOf(JsonElement membership) =>
        string.Join(' ', membership.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));

    private static Task<JsonElement> JoinAsync(TestClient client, string room) => client.CallAsync<JsonElement>("join", new { room });

    private static Task<JsonElement> SayAsync(TestClient client, string room, string text, string? key = null) =>
        client.CallAsync<JsonElement>("message", new { room, text, key });

    private Task<TestClient> EnterAsync(string name, string? clientId = null) => _server.ConnectAsync(auth: new { name, clientId });

    private async Task<string?> IsRefusedAsync(string name, string? clientId)
    {
        var refusal = await Assert.ThrowsAsync<ConnectRefusedException>(() => EnterAsync(name, clientId));
        return refusal.Payload!.Value.GetProperty("code").GetString();
    }
}
