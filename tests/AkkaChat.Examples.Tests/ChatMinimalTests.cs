using System.Text.Json;

namespace AkkaChat.Examples.Tests;

public sealed class ChatMinimalTests : IAsyncLifetime
{
    private ExampleProgram _program = null!;

    public async Task InitializeAsync() => _program = await ExampleProgram.StartAsync("ChatMinimal");

    public async Task DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task A_message_reaches_everybody_in_the_room_but_its_sender()
    {
        using var ann = await Enter("Ann", "lobby");
        using var bob = await Enter("Bob", "lobby");
        using var carl = await Enter("Carl", "elsewhere");

        Assert.Equal("ok", await ann.CallAsync<string>("chat", new { room = "lobby", text = "<b>hi</b>" }));

        var line = (await bob.NextAsync("chat")).GetValue<JsonElement>();
        Assert.Equal("Ann", line.GetProperty("name").GetString());
        Assert.Equal("<b>hi</b>", line.GetProperty("text").GetString());

        // What each has sent and seen since would come behind the message.
        await ann.CallAsync("join", "after");
        await carl.CallAsync("join", "after");
        Assert.False(ann.HasReceived("chat"));
        Assert.False(carl.HasReceived("chat"));
    }

    [Fact]
    public async Task The_room_hears_who_comes_and_goes()
    {
        using var ann = await Enter("Ann", "lobby");
        Assert.Equal("Ann has entered the room.", await StatusAsync(ann));

        using var bob = await Enter("Bob", "lobby");
        Assert.Equal("Bob has entered the room.", await StatusAsync(ann));

        await bob.CallAsync("leave", "lobby");
        Assert.Equal("Bob has left the room.", await StatusAsync(ann));
    }

    [Fact]
    public async Task Who_is_not_in_the_room_or_says_nothing_is_told_so()
    {
        using var ann = await Enter("Ann", "lobby");

        var stranger = await ann.CallAsync<JsonElement>("chat", new { room = "elsewhere", text = "hi" });
        var empty = await ann.CallAsync<JsonElement>("chat", new { room = "lobby", text = "" });

        Assert.Equal("not_a_member", stranger.GetProperty("code").GetString());
        Assert.Equal("invalid_arguments", empty.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_enters_without_a_name()
    {
        using var nobody = new ExampleClient(_program, auth: new { name = " " });

        Assert.Equal("Choose a name.", await nobody.RefusedAsync());
    }

    [Fact]
    public async Task The_page_takes_what_others_write_as_text_only()
    {
        using var http = new HttpClient();

        var page = await http.GetStringAsync(_program.Url).Soon();

        Assert.Contains("src=\"/socket.io/socket.io.js\"", page, StringComparison.Ordinal);
        Assert.Contains("type=\"module\"", page, StringComparison.Ordinal);
        Assert.Contains(".textContent = ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("HTML =", page, StringComparison.Ordinal);
        Assert.DoesNotContain("insertAdjacentHTML", page, StringComparison.Ordinal);
    }

    private async Task<ExampleClient> Enter(string name, string room)
    {
        var client = await new ExampleClient(_program, auth: new { name }).ConnectAsync("status", "chat");
        await client.CallAsync("join", room);
        return client;
    }

    private static async Task<string> StatusAsync(ExampleClient client)
    {
        var line = (await client.NextAsync("status")).GetValue<JsonElement>();
        return $"{line.GetProperty("name").GetString()} {line.GetProperty("text").GetString()}";
    }
}
