using System.Net;
using System.Text.Json;
using AkkaChat.Host.Tests.Support;

namespace AkkaChat.Host.Tests.Accounts;

/// <summary>Logging in by HTTP, and what is done against those who guess.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private ChatSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await ChatSite.StartAsync();
        await _site.RegisterAsync("Ann");
    }

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Fact]
    public async Task The_cookie_is_for_the_server_alone()
    {
        var answer = await TryAsync("ann", ChatSite.Password);

        var attributes = answer.Cookie.Split("; ")[1..];
        Assert.Equal(["httponly", "max-age=2592000", "path=/", "samesite=strict"], attributes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_cookie_of_an_encrypted_connection_stays_on_those()
    {
        var answer = await _site.Visit(isSecure: true).PostAsync("/api/login", new { name = "Ann", password = ChatSite.Password });

        Assert.Contains("secure", answer.Cookie.Split("; "));
    }

    [Fact]
    public async Task The_database_has_no_token_and_no_password()
    {
        var ann = await _site.LogInAsync("Ann");

        var stored = await _site.Database.ReadAsync(session => session.QueryAsync<string>(
            "SELECT token_hash FROM logins UNION ALL SELECT password_hash FROM accounts"));

        Assert.Equal(3, stored.Count);
        Assert.DoesNotContain(stored, text => text.Contains(ann.Cookie!) || text.Contains(ChatSite.Password));
    }

    [Theory]
    [InlineData("An\u200Dn", "AN\u200DN")]
    [InlineData("\u3164\u3164", "\u1160\u1160")]
    public async Task Who_had_a_name_with_invisible_characters_before_they_made_no_difference_still_logs_in(string name, string key)
    {
        await _site.RegisterAsync("Ben");
        await _site.ExecuteAsync("UPDATE accounts SET name = @name, name_key = @key WHERE name = 'Ben'", new { name, key });

        Assert.Equal(name, (await TryAsync(name, ChatSite.Password)).IsOk().GetProperty("me").GetProperty("name").GetString());
        Assert.Equal("Ann", (await TryAsync("Ann", ChatSite.Password)).IsOk().GetProperty("me").GetProperty("name").GetString());
        var again = await _site.Visit().PostAsync("/api/register", new { name, password = ChatSite.Password });
        Assert.False(again.Response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_name_that_no_database_keeps_is_nobodys() =>
        (await TryAsync("Ann\0", ChatSite.Password)).IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_answered_alike()
    {
        var wrong = await TryAsync("Ann", "not the password");
        var unknown = await TryAsync("Nobody", "not the password");
        var impossible = await TryAsync("\u0000", null);

        wrong.IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");
        Assert.Equal(wrong.Content, unknown.Content);
        Assert.Equal(wrong.Content, impossible.Content);
        Assert.Equal((wrong.Status, wrong.Status), (unknown.Status, impossible.Status));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_minute_and_each_further_one_for_longer()
    {
        await FailAsync(5);
        Assert.Equal(60, RetryAfter(await TryAsync("Ann", ChatSite.Password)));

        _site.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, RetryAfter(await TryAsync("Ann", ChatSite.Password)));
        foreach (var minutes in (int[])[2, 4, 8, 15, 15])
        {
            _site.Clock.Advance(TimeSpan.FromMinutes(15));
            await FailAsync(1);
            Assert.Equal(minutes * 60, RetryAfter(await TryAsync("Ann", ChatSite.Password)));
        }
    }

    [Fact]
    public async Task A_right_password_ends_the_row_of_wrong_ones()
    {
        await FailAsync(4);
        (await TryAsync("Ann", ChatSite.Password)).IsOk();
        await FailAsync(4);

        (await TryAsync("Ann", ChatSite.Password)).IsOk();
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_are_counted_one_by_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TryAsync("Ann", $"guess number {number}")));

        Assert.Equal(5, answers.Count(answer => answer.Code == "wrong_credentials"));
        Assert.Equal(15, answers.Count(answer => answer.Code == "locked"));
    }

    [Fact]
    public async Task One_address_tries_ten_log_ins_a_minute_and_makes_five_accounts()
    {
        await using var site = await ChatSite.StartAsync(new() { ["Chat:LoginsPerMinute"] = "10", ["Chat:RegistrationsPerMinute"] = "5" });
        var logins = new List<Answer>();
        for (var number = 0; number < 11; number++)
        {
            logins.Add(await site.Visit().PostAsync("/api/login", new { name = $"person {number}", password = ChatSite.Password }));
        }

        Assert.All(logins[..10], answer => answer.IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials"));
        Assert.InRange(logins[10].IsRefused(HttpStatusCode.TooManyRequests, "too_many").GetProperty("retryAfter").GetInt32(), 1, 60);
        for (var number = 0; number < 5; number++)
        {
            await site.RegisterAsync($"person {number}");
        }

        (await site.Visit().PostAsync("/api/register", new { name = "one more", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.TooManyRequests, "too_many");
    }

    [Fact]
    public async Task A_cookie_without_the_header_changes_nothing()
    {
        var ann = await _site.LogInAsync("Ann");
        ann.IsOwnPage = false;

        (await ann.PostAsync("/api/logout")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ann.UploadAsync("a.txt", "text"u8.ToArray())).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ann.DeleteAsync("/api/tokens/1")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ann.PostAsync("/api/login", new { name = "Ann", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.Forbidden, "not_allowed");

        Assert.Equal("Ann", await NameOfAsync(ann));
    }

    [Fact]
    public async Task A_form_cannot_log_anybody_in()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/login")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ann", ["password"] = ChatSite.Password }),
        };

        var answer = await _site.Visit().SendAsync(request);

        answer.IsRefused(HttpStatusCode.UnsupportedMediaType, "invalid");
        Assert.Empty(answer.Cookie);
    }

    [Fact]
    public async Task A_log_in_holds_for_thirty_days_after_its_last_use()
    {
        var ann = await _site.LogInAsync("Ann");
        _site.Clock.Advance(TimeSpan.FromDays(29));
        var used = await ann.GetAsync("/api/site");
        Assert.Equal("Ann", used.Body.GetProperty("me").GetProperty("name").GetString());
        Assert.Contains("max-age=2592000", used.Cookie, StringComparison.Ordinal);

        _site.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal("Ann", await NameOfAsync(ann));
        _site.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Null(await NameOfAsync(ann));
        (await ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_minute()
    {
        var ann = await _site.LogInAsync("Ann");
        var first = await LastUseAsync(ann);

        _site.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(first, await LastUseAsync(ann));
        _site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first + 60_000, await LastUseAsync(ann));
    }

    private static int RetryAfter(Answer answer)
    {
        var seconds = answer.IsRefused(HttpStatusCode.TooManyRequests, "locked").GetProperty("retryAfter").GetInt32();
        Assert.Equal(seconds, answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        return seconds;
    }

    private static async Task<string?> NameOfAsync(Visitor visitor)
    {
        var me = (await visitor.GetAsync("/api/site")).IsOk().GetProperty("me");
        return me.ValueKind == JsonValueKind.Null ? null : me.GetProperty("name").GetString();
    }

    private static async Task<long> LastUseAsync(Visitor visitor) => (await visitor.GetAsync("/api/tokens")).IsOk()
        .GetProperty("logins").EnumerateArray().Single(login => login.GetProperty("current").GetBoolean()).GetProperty("lastUsedAt").GetInt64();

    private async Task FailAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            (await TryAsync("Ann", "not the password")).IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");
        }
    }

    private Task<Answer> TryAsync(string name, string? password) => _site.Visit().PostAsync("/api/login", new { name, password });
}
