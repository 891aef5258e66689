using System.Net;
using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Testing;

namespace AkkaChat.Host.Tests.Accounts;

/// <summary>Sockets and the log-ins that they come by.</summary>
public sealed class SocketLoginTests : IAsyncLifetime
{
    private ChatSite _site = null!;
    private Visitor _ann = null!;

    public async Task InitializeAsync()
    {
        _site = await ChatSite.StartAsync();
        _ann = await _site.RegisterAsync("Ann");
    }

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Theory]
    [InlineData(TestTransport.WebSocket)]
    [InlineData(TestTransport.Polling)]
    [InlineData(TestTransport.Upgrade)]
    public async Task A_socket_is_the_accounts_whose_cookie_came_with_the_handshake(TestTransport transport)
    {
        await using var socket = await _site.Chat.ConnectAsync(headers: _ann.Headers, transport: transport);

        Assert.Equal(_ann.Id, socket.Socket!.UserId);
        Assert.Equal("Ann", socket.Socket.User.Identity!.Name);
        Assert.True(socket.Socket.User.IsInRole("administrator"));
    }

    [Fact]
    public async Task A_programs_socket_comes_by_its_bearer_token()
    {
        await using var socket = await _site.ConnectAsync(await _site.IssueTokenAsync(_ann));

        Assert.Equal(_ann.Id, socket.Socket!.UserId);
    }

    [Fact]
    public async Task A_token_is_found_for_sockets_that_show_it_in_their_auth_payload()
    {
        var found = await _site.Service<Logins>().FindAsync(_ann.Cookie);

        Assert.Equal((_ann.Id, "Ann"), (found!.Account.Id, found.Account.Name));
        Assert.Null(await _site.Service<Logins>().FindAsync("nonsense"));
        Assert.Null(await _site.Service<Logins>().FindAsync(null));
    }

    [Fact]
    public async Task A_socket_without_a_log_in_is_nobodys()
    {
        var refusal = await Assert.ThrowsAsync<ConnectRefusedException>(() => _site.Chat.ConnectAsync());

        Assert.Equal("not_signed_in", refusal.Payload!.Value.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Logging_out_ends_the_sockets_of_the_log_in_and_no_others()
    {
        await using var mine = await _site.ConnectAsync(_ann);
        await using var others = await _site.ConnectAsync(await _site.LogInAsync("Ann"));

        (await _ann.PostAsync("/api/logout")).IsOk();

        await EndsAsync(mine, "logout");
        await others.ExpectNothingAsync();
        Assert.True(others.Connected);
    }

    [Fact]
    public async Task A_new_password_ends_the_sockets_of_all_other_log_ins()
    {
        await using var mine = await _site.ConnectAsync(_ann);
        await using var program = await _site.ConnectAsync(await _site.IssueTokenAsync(_ann));

        (await _ann.PostAsync("/api/password", new { current = ChatSite.Password, next = "another password" })).IsOk();

        await EndsAsync(program, "password");
        await mine.ExpectNothingAsync();
        Assert.True(mine.Connected);
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_all_sockets_of_the_person()
    {
        await using var mine = await _site.ConnectAsync(_ann);
        await using var program = await _site.ConnectAsync(await _site.IssueTokenAsync(_ann));
        await using var bens = await _site.ConnectAsync(await _site.RegisterAsync("Ben"));

        (await _ann.PostAsync("/api/logout-everywhere")).IsOk();

        await EndsAsync(mine, "logout");
        await EndsAsync(program, "logout");
        Assert.True(bens.Connected);
    }

    [Fact]
    public async Task The_sockets_of_a_log_in_that_has_run_out_are_ended()
    {
        await using var mine = await _site.ConnectAsync(_ann);
        await _site.ExecuteAsync("UPDATE logins SET expires_at = @now", new { now = _site.Clock.GetUtcNow().ToUnixTimeMilliseconds() });

        await _site.Chat.AdvanceAsync(TimeSpan.FromHours(1));

        await EndsAsync(mine, "logout");
        Assert.False(await _site.Database.ReadAsync(async session => await session.FindAsync<string>("SELECT id FROM logins") is not null));
    }

    [Fact]
    public async Task Sockets_end_with_their_log_ins_even_if_they_cannot_be_told_why()
    {
        await using var mine = await _site.ConnectAsync(_ann);
        _site.Fault.FailNext(nameof(IBroadcaster.EmitAsync));

        (await _ann.PostAsync("/api/logout-everywhere")).IsRefused(HttpStatusCode.ServiceUnavailable, "unavailable");

        await mine.ExpectDisconnectAsync();
    }

    private static async Task EndsAsync(TestClient socket, string reason)
    {
        Assert.Equal(reason, (await socket.ExpectAsync<JsonElement>("signed_out")).GetProperty("reason").GetString());
        await socket.ExpectDisconnectAsync();
    }
}
