using System.Net;
using AkkaChat.Host.Tests.Support;

namespace AkkaChat.Host.Tests.Accounts;

/// <summary>What people do with their own log-ins.</summary>
public sealed class OwnLoginsTests : IAsyncLifetime
{
    private ChatSite _site = null!;
    private Visitor _ann = null!;

    public async Task InitializeAsync()
    {
        _site = await ChatSite.StartAsync(new() { ["Chat:Guests"] = "true" });
        _ann = await _site.RegisterAsync("Ann");
    }

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Fact]
    public async Task Logging_out_ends_this_log_in_and_no_other()
    {
        var other = await _site.LogInAsync("Ann");
        var cookie = _ann.Cookie;

        (await _ann.PostAsync("/api/logout")).IsOk();

        Assert.Null(_ann.Cookie);
        _ann.Cookie = cookie;
        (await _ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await other.GetAsync("/api/tokens")).IsOk();
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_all_log_ins_of_the_person()
    {
        var other = await _site.LogInAsync("Ann");
        var program = await _site.IssueTokenAsync(_ann);
        var ben = await _site.RegisterAsync("Ben");

        (await other.PostAsync("/api/logout-everywhere")).IsOk();

        (await _ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await program.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await ben.GetAsync("/api/tokens")).IsOk();
    }

    [Fact]
    public async Task A_program_logs_in_by_a_token_that_is_listed_and_can_be_ended()
    {
        var issued = (await _ann.PostAsync("/api/tokens", new { label = " build\u0007 robot " })).IsOk();
        var program = _site.Visit(token: issued.GetProperty("token").GetString());
        program.IsOwnPage = false;
        (await program.PostAsync("/api/tokens", new { label = "another" })).IsOk();

        var listed = (await _ann.GetAsync("/api/tokens")).IsOk().GetProperty("logins").EnumerateArray().ToList();
        Assert.Equal(3, listed.Count);
        var shown = Assert.Single(listed, login => login.GetProperty("id").GetString() == issued.GetProperty("id").GetString());
        Assert.Equal(("program", "build robot"), (shown.GetProperty("kind").GetString(), shown.GetProperty("label").GetString()));
        (await _ann.DeleteAsync($"/api/tokens/{issued.GetProperty("id").GetString()}")).IsOk();

        (await program.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
    }

    [Fact]
    public async Task Nobody_ends_another_persons_log_in()
    {
        var issued = (await _ann.PostAsync("/api/tokens", new { label = "robot" })).IsOk();
        var ben = await _site.RegisterAsync("Ben");

        (await ben.DeleteAsync($"/api/tokens/{issued.GetProperty("id").GetString()}")).IsRefused(HttpStatusCode.NotFound, "not_found");

        (await _site.Visit(token: issued.GetProperty("token").GetString()).GetAsync("/api/tokens")).IsOk();
    }

    [Fact]
    public async Task A_wrong_token_wins_over_a_right_cookie()
    {
        var confused = _site.Visit(token: "nonsense");
        confused.Cookie = _ann.Cookie;

        (await confused.PostAsync("/api/logout")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
    }

    [Fact]
    public async Task A_new_password_ends_all_other_log_ins()
    {
        var other = await _site.LogInAsync("Ann");
        var program = await _site.IssueTokenAsync(_ann);

        (await _ann.PostAsync("/api/password", new { current = ChatSite.Password, next = "another password" })).IsOk();

        (await _ann.GetAsync("/api/tokens")).IsOk();
        (await other.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await program.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        var visitor = _site.Visit();
        (await visitor.PostAsync("/api/login", new { name = "Ann", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");
        (await visitor.PostAsync("/api/login", new { name = "Ann", password = "another password" })).IsOk();
    }

    [Fact]
    public async Task The_password_is_changed_by_who_knows_it_and_to_one_that_is_not_weak()
    {
        var wrong = await _ann.PostAsync("/api/password", new { current = "not the password", next = "another password" });
        Assert.Equal("current", wrong.IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials").GetProperty("field").GetString());

        var weak = await _ann.PostAsync("/api/password", new { current = ChatSite.Password, next = "short" });
        Assert.Equal("next", weak.IsRefused(HttpStatusCode.BadRequest, "password_weak").GetProperty("field").GetString());
        await _site.LogInAsync("Ann");
    }

    [Fact]
    public async Task A_guest_has_no_password_and_no_tokens()
    {
        var guest = _site.Visit();
        await guest.EnterAsync("/api/guest", new { name = "Gus" });

        (await guest.PostAsync("/api/tokens", new { label = "robot" })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await guest.PostAsync("/api/password", new { current = "", next = ChatSite.Password })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await guest.UploadAsync("a.txt", "text"u8.ToArray())).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await _site.Visit().PostAsync("/api/login", new { name = "Gus", password = "" }))
            .IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");
    }
}
