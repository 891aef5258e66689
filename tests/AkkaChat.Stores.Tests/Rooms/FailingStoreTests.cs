using AkkaChat.Stores.Tests.Support;
using AkkaChat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Stores.Tests.Rooms;

/// <summary>A store that fails, hangs, or loses its answer.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The server owns the store.")]
public sealed class FailingStoreTests : IAsyncLifetime
{
    private readonly FailingStore _store = new();
    private ChatTestServer _server = null!;

    private IRoomLog Lobby => _server.Io.LogOf("lobby");

    public async Task InitializeAsync() => _server = await ChatTestServer.StartAsync(
        DurableChat.Map, services: services => services.AddSingleton<IRoomLogStore>(_ => _store));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_failure_is_told_to_the_client_and_its_message_reaches_nobody()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.Before;

        var refusal = await ann.CallAsync<Refusal>("say", "lost");
        _store.Mode = FailureMode.None;
        var position = await ann.CallAsync<LogPosition>("say", "kept");

        Assert.Equal("log_unavailable", refusal.Code);
        Assert.Equal(1, position.Offset);
        Assert.Equal("kept", await ann.ExpectAsync<string>("chat"));
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_was_stored_though_the_answer_was_lost_is_emitted_in_its_place_and_not_published_twice()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.After;

        var refusal = await ann.CallAsync<Refusal>("say", "1", "id 1");
        _store.Mode = FailureMode.None;
        var second = await ann.CallAsync<LogPosition>("say", "2", "id 2");
        var again = await ann.CallAsync<LogPosition>("say", "1", "id 1");

        Assert.Equal("log_unavailable", refusal.Code);
        Assert.Equal((2, 1), (second.Offset, again.Offset));
        Assert.Equal("1", await ann.ExpectAsync<string>("chat"));
        Assert.Equal("2", await ann.ExpectAsync<string>("chat"));
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_joins_before_that_is_settled_gets_it_once()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.After;
        await ann.CallAsync<Refusal>("say", "1");
        _store.Mode = FailureMode.None;

        await using var bob = await _server.ConnectAsync();
        var join = await bob.CallAsync<LogJoin>("join");

        Assert.Equal(1, join.Replayed);
        Assert.Equal("1", await bob.ExpectAsync<string>("chat"));
        Assert.Equal("1", await ann.ExpectAsync<string>("chat"));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_store_that_hangs_fails_the_publish_after_the_emit_timeout_and_others_go_on_when_it_is_back()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.Hangs;
        var publish = Lobby.PublishAsync("chat", "1");
        await _store.Hanging;

        _server.Clock.Advance(TimeSpan.FromSeconds(6));
        var exception = await Assert.ThrowsAsync<EventException>(() => publish);
        _store.Mode = FailureMode.None;
        var position = await Lobby.PublishAsync("chat", "2");

        Assert.Equal("log_unavailable", exception.Code);
        Assert.Equal(1, position.Offset);
        Assert.Equal("2", await ann.ExpectAsync<string>("chat"));
    }

    [Fact]
    public async Task An_append_that_was_given_up_and_stored_later_is_emitted_before_the_next_message()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.Hangs;
        var publish = Lobby.PublishAsync("chat", "late");
        await _store.Hanging;
        _server.Clock.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<EventException>(() => publish);
        _store.Mode = FailureMode.None;
        await Lobby.ReadAsync();
        await _store.FinishHangingAsync();

        await Lobby.PublishAsync("chat", "next");

        Assert.Equal(("late", 1), Simple(await ann.ExpectAsync<string, LogPosition>("chat")));
        Assert.Equal(("next", 2), Simple(await ann.ExpectAsync<string, LogPosition>("chat")));
    }

    [Fact]
    public async Task An_append_that_was_given_up_and_stored_when_it_is_tried_again_is_emitted_before_the_ack()
    {
        await using var ann = await JoinedAsync();
        _store.Mode = FailureMode.Hangs;
        var publish = Lobby.Once("id").PublishAsync("chat", "late");
        await _store.Hanging;
        _server.Clock.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<EventException>(() => publish);

        _store.Mode = FailureMode.Overtaken;
        var position = await Lobby.Once("id").PublishAsync("chat", "late");

        Assert.Equal(("late", position.Offset), Simple(await ann.ExpectAsync<string, LogPosition>("chat")));
        await Lobby.Once("id").PublishAsync("chat", "late");
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_was_stored_in_a_new_life_of_the_log_though_the_answer_was_lost_is_emitted_too()
    {
        await using var ann = await JoinedAsync();
        await Lobby.PublishAsync("chat", "old");
        _store.Mode = FailureMode.After;
        await Assert.ThrowsAsync<EventException>(() => Lobby.ClearAsync());
        await Assert.ThrowsAsync<EventException>(() => Lobby.PublishAsync("chat", "1"));
        _store.Mode = FailureMode.None;

        await Lobby.PublishAsync("chat", "2");

        Assert.Equal("old", await ann.ExpectAsync<string>("chat"));
        Assert.Equal(("1", 1), Simple(await ann.ExpectAsync<string, LogPosition>("chat")));
        Assert.Equal(("2", 2), Simple(await ann.ExpectAsync<string, LogPosition>("chat")));
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Reading_and_joining_fail_as_well_and_the_socket_is_not_in_the_room_then()
    {
        await using var ann = await _server.ConnectAsync();
        _store.Mode = FailureMode.Before;

        Assert.Equal("log_unavailable", (await ann.CallAsync<Refusal>("join")).Code);
        Assert.Equal("log_unavailable", (await ann.CallAsync<Refusal>("read")).Code);
        Assert.Empty(ann.Socket!.Rooms);
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once()
    {
        _store.Mode = FailureMode.Hangs;
        var big = new string('x', 7 << 20);
        List<Task> publishing = [];
        for (var number = 0; number < 12; number++)
        {
            publishing.Add(Lobby.PublishAsync("chat", big));
        }

        var refused = await Task.WhenAny(publishing);

        var exception = await Assert.ThrowsAsync<EventException>(() => refused);
        Assert.Contains("more waits", exception.InnerException!.Message, StringComparison.Ordinal);
        await _store.Hanging;
        _server.Clock.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<EventException>(() => Task.WhenAll(publishing));
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xd83d)]
    public async Task Texts_that_a_database_does_not_take_are_refused_before_they_can_fail_others(int character)
    {
        var text = "a" + (char)character;
        Assert.Throws<ArgumentException>(() => _server.Io.LogOf(text));
        Assert.Throws<ArgumentException>(() => Lobby.Once(text));
        Assert.Throws<ArgumentException>(() => Lobby.Once(new string('x', 201)));
        await Lobby.PublishAsync("chat", "fine");
    }

    [Fact]
    public async Task Without_a_store_a_log_says_how_to_add_one()
    {
        await using var server = await ChatTestServer.StartAsync();

        var exception = Assert.Throws<InvalidOperationException>(() => server.Io.LogOf("lobby"));

        Assert.Contains("AddMemoryRoomLogs", exception.Message, StringComparison.Ordinal);
    }

    private static (string, long) Simple((string Text, LogPosition Position) received) => (received.Text, received.Position.Offset);

    private async Task<TestClient> JoinedAsync()
    {
        var client = await _server.ConnectAsync();
        await client.CallAsync<LogJoin>("join", null, 0);
        return client;
    }

    private sealed record Refusal(string Error, string? Code);
}
