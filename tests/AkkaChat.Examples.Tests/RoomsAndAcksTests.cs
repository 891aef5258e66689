using System.Text.Json;

namespace AkkaChat.Examples.Tests;

public sealed class RoomsAndAcksTests : IAsyncLifetime
{
    private ExampleProgram _program = null!;
    private ExampleClient _ann = null!;
    private ExampleClient _bob = null!;

    public async Task InitializeAsync()
    {
        _program = await ExampleProgram.StartAsync("RoomsAndAcks");
        _ann = await new ExampleClient(_program).ConnectAsync("announcement", "last");
        _bob = await new ExampleClient(_program).ConnectAsync("announcement", "last");
    }

    public async Task DisposeAsync()
    {
        _ann.Dispose();
        _bob.Dispose();
        await _program.DisposeAsync();
    }

    [Fact]
    public async Task Join_and_leave_answer_with_the_rooms()
    {
        Assert.Equal(["a"], await _ann.CallAsync<string[]>("join", "a"));
        Assert.Equal(["a", "b"], await _ann.CallAsync<string[]>("join", "b"));
        Assert.Equal(["b"], await _ann.CallAsync<string[]>("leave", "a"));
        Assert.Equal([_ann.Id], await _bob.CallAsync<string[]>("members", "b"));
        Assert.Empty(await _bob.CallAsync<string[]>("members", "a"));
    }

    [Fact]
    public async Task An_announcement_reaches_each_member_of_either_room_once_but_not_the_muted()
    {
        await _ann.CallAsync("join", "a");
        await _ann.CallAsync("join", "b");
        await _bob.CallAsync("join", "a");
        await _bob.CallAsync("join", "muted");

        await _bob.CallAsync("announce", new[] { "a", "b" }, "first");
        await _bob.CallAsync("leave", "muted");
        await _bob.CallAsync("announce", new[] { "a", "b" }, "second");

        Assert.Equal("first", (await _ann.NextAsync("announcement")).GetValue<string>());
        Assert.Equal("second", (await _ann.NextAsync("announcement")).GetValue<string>());
        Assert.Equal("second", (await _bob.NextAsync("announcement")).GetValue<string>());
        Assert.False(_ann.HasReceived("announcement"));
    }

    [Fact]
    public async Task The_server_asks_the_client_while_it_is_asked()
    {
        _ann.Answer("question", response => response.GetValue<string>() + "!");

        Assert.Equal("You said: really?!", await _ann.CallAsync<string>("ask-me", "really?"));
    }

    [Fact]
    public async Task A_vote_has_one_outcome_for_each_of_the_others()
    {
        using var carl = await new ExampleClient(_program).ConnectAsync();
        _ann.Answer("vote", _ => true);
        carl.Answer("vote", _ => false);
        foreach (var voter in new[] { _ann, _bob, carl })
        {
            await voter.CallAsync("join", "lunch");
        }

        var result = await _bob.CallAsync<JsonElement>("vote", "lunch", "Pizza?");

        Assert.Equal("{\"yes\":1,\"no\":1,\"silent\":0}", result.GetRawText());
    }
}
