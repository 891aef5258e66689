using System.Net;
using AkkaChat.Host.Tests.Support;

namespace AkkaChat.Host.Tests.Accounts;

/// <summary>Making accounts, by HTTP.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task The_first_account_is_administrator_and_the_others_are_members()
    {
        await using var site = await ChatSite.StartAsync();
        Assert.True((await site.Visit().GetAsync("/api/site")).IsOk().GetProperty("first").GetBoolean());

        var first = await site.Visit().PostAsync("/api/register", new { name = " Ann ", password = ChatSite.Password });
        var second = await site.Visit().PostAsync("/api/register", new { name = "Ben", password = ChatSite.Password });

        Assert.Equal(("Ann", "administrator"), NameAndRole(first));
        Assert.Equal(("Ben", "member"), NameAndRole(second));
        Assert.False((await site.Visit().GetAsync("/api/site")).IsOk().GetProperty("first").GetBoolean());
    }

    [Fact]
    public async Task Of_many_who_register_first_at_the_same_moment_one_is_administrator()
    {
        await using var site = await ChatSite.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            number => site.Visit().PostAsync("/api/register", new { name = $"person {number}", password = ChatSite.Password })));

        Assert.Single(answers, answer => NameAndRole(answer).Role == "administrator");
    }

    [Fact]
    public async Task The_name_that_the_settings_give_is_the_administrators()
    {
        await using var site = await ChatSite.StartAsync(new() { ["Chat:Administrator"] = "Root" });

        var first = await site.Visit().PostAsync("/api/register", new { name = "Ann", password = ChatSite.Password });
        var named = await site.Visit().PostAsync("/api/register", new { name = "ROOT", password = ChatSite.Password });

        Assert.Equal("member", NameAndRole(first).Role);
        Assert.Equal("administrator", NameAndRole(named).Role);
    }

    [Theory]
    [InlineData("Zoë")]
    [InlineData("ZOË")]
    [InlineData("Zoe\u0308")]
    [InlineData("\uFF3Aoë")]
    [InlineData("Zo\u200Dë")]
    public async Task A_name_is_taken_whatever_its_case_composition_width_and_invisible_characters(string name)
    {
        await using var site = await ChatSite.StartAsync();
        await site.RegisterAsync("Zoë");

        var answer = await site.Visit().PostAsync("/api/register", new { name, password = ChatSite.Password });

        Assert.Equal("name", answer.IsRefused(HttpStatusCode.Conflict, "name_taken").GetProperty("field").GetString());
        Assert.Empty(answer.Cookie);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("A")]
    [InlineData("Ann\u200B")]
    [InlineData("\u202EAnn")]
    [InlineData("\u3164\u3164")]
    [InlineData("a name that is longer than it may be")]
    public async Task A_name_that_nobody_can_have_is_refused(string? name)
    {
        await using var site = await ChatSite.StartAsync();

        var answer = await site.Visit().PostAsync("/api/register", new { name, password = ChatSite.Password });

        Assert.Equal("name", answer.IsRefused(HttpStatusCode.BadRequest, "name_invalid").GetProperty("field").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1234567")]
    [InlineData("annabelle")]
    public async Task A_weak_password_is_refused(string? password)
    {
        await using var site = await ChatSite.StartAsync();

        var answer = await site.Visit().PostAsync("/api/register", new { name = "Annabelle", password });

        Assert.Equal("password", answer.IsRefused(HttpStatusCode.BadRequest, "password_weak").GetProperty("field").GetString());
    }

    [Fact]
    public async Task Closed_registration_is_said()
    {
        await using var site = await ChatSite.StartAsync(new() { ["Chat:Registration"] = "false" });

        (await site.Visit().PostAsync("/api/register", new { name = "Ann", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.Forbidden, "registration_closed");
        Assert.False((await site.Visit().GetAsync("/api/site")).IsOk().GetProperty("registration").GetBoolean());
    }

    [Fact]
    public async Task Guests_come_in_only_where_the_settings_say_so()
    {
        await using var site = await ChatSite.StartAsync();

        (await site.Visit().PostAsync("/api/guest", new { name = "Gus" })).IsRefused(HttpStatusCode.Forbidden, "guests_off");
    }

    [Fact]
    public async Task A_guest_is_no_administrator_and_has_the_name_until_the_log_in_ends()
    {
        await using var site = await ChatSite.StartAsync(new() { ["Chat:Guests"] = "true" });
        var guest = site.Visit();
        var me = (await guest.EnterAsync("/api/guest", new { name = "Gus" })).Body.GetProperty("me");
        Assert.True(me.GetProperty("guest").GetBoolean());
        Assert.Equal("member", me.GetProperty("role").GetString());
        Assert.True((await site.Visit().GetAsync("/api/site")).IsOk().GetProperty("first").GetBoolean());
        (await site.Visit().PostAsync("/api/guest", new { name = "gus" })).IsRefused(HttpStatusCode.Conflict, "name_taken");

        (await guest.PostAsync("/api/logout")).IsOk();

        Assert.Equal(("Gus", "administrator"), NameAndRole(
            await site.Visit().PostAsync("/api/register", new { name = "Gus", password = ChatSite.Password })));
    }

    [Fact]
    public async Task A_body_that_is_no_request_is_refused_in_words()
    {
        await using var site = await ChatSite.StartAsync();

        (await site.Visit().PostAsync("/api/register", new object[] { 1 })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await site.Visit().PostAsync("/api/register")).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await site.Visit().GetAsync("/api/register")).IsRefused(HttpStatusCode.MethodNotAllowed, "invalid");
        (await site.Visit().GetAsync("/api/nothing")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    private static (string? Name, string? Role) NameAndRole(Answer answer)
    {
        var me = answer.IsOk().GetProperty("me");
        return (me.GetProperty("name").GetString(), me.GetProperty("role").GetString());
    }
}
