using AkkaChat.Host.Accounts;
using AkkaChat.Host.Administration;
using AkkaChat.Host.Settings;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Host.Uploads;
using AkkaChat.Stores.Tests.Support;
using AkkaChat.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AkkaChat.Host.Tests.Accounts;

/// <summary>What several servers do with one database, on each kind of database.</summary>
[Collection(PostgreSqlTests.Name)]
public sealed class AccountDatabaseTests(PostgreSqlServer server)
{
    private const string Password = "correct horse battery";

    private readonly TestClock _clock = new();

    public static TheoryData<string> Kinds => ChatDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_of_those_who_register_first_on_two_servers_is_administrator(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var (first, second) = (RegistrationOn(databases.First), RegistrationOn(databases.Second));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => (number % 2 == 0 ? first : second).RegisterAsync($"person {number}", Password)));

        Assert.Single(outcomes, outcome => outcome.Value!.Role == SiteRole.Administrator);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_of_those_who_want_the_same_name_on_two_servers_gets_it(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var (first, second) = (RegistrationOn(databases.First), RegistrationOn(databases.Second));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => (number % 2 == 0 ? first : second).RegisterAsync("Ann", Password)));

        Assert.Single(outcomes, outcome => outcome.Value is not null);
        Assert.Equal(9, outcomes.Count(outcome => outcome.Refusal?.Code == "name_taken"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_last_two_administrators_cannot_demote_each_other_on_two_servers(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        await using var chat = await ChatTestServer.StartAsync();
        var ann = (await RegistrationOn(databases.First).RegisterAsync("Ann", Password)).Value!;
        var ben = (await RegistrationOn(databases.First).RegisterAsync("Ben", Password)).Value!;
        var (first, second) = (AdministrationOn(databases.First, chat.Io), AdministrationOn(databases.Second, chat.Io));
        var demote = new PersonEdit(SiteRole.Member, null, null, null, null);
        for (var round = 0; round < 5; round++)
        {
            await databases.First.WriteAsync(session => session.ExecuteAsync("UPDATE accounts SET role = 'administrator'"));

            var outcomes = await Task.WhenAll(first.ChangeAsync(ann, ben.Id, demote), second.ChangeAsync(ben, ann.Id, demote));

            Assert.Single(outcomes, outcome => outcome.Refusal is not null);
            Assert.Single(await new SiteStore(databases.First).PeopleAsync(null, null), person => person.Role == SiteRole.Administrator);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_log_in_on_one_server_is_one_on_the_other(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var account = (await RegistrationOn(databases.First).RegisterAsync("Ann", Password)).Value!;
        var (login, token) = await new Logins(databases.First, _clock).CreateAsync(account.Id, Login.Program, "robot");
        var there = new Logins(databases.Second, _clock);

        Assert.Equal(account with { }, (await there.FindAsync(token))!.Account);
        Assert.True(await there.IsAliveAsync(login.Id));
        Assert.Equal(login, Assert.Single(await there.ListAsync(account.Id)));
        _clock.Advance(TimeSpan.FromDays(366));
        Assert.Null(await there.FindAsync(token));
        Assert.Equal(login, Assert.Single(await there.ExpiredAsync()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Wrong_passwords_are_counted_over_all_servers_and_old_hashes_are_made_anew(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var account = (await RegistrationOn(databases.First).RegisterAsync("Ann", Password)).Value!;
        var better = new PasswordCheck(databases.First, Hashing(2000), _clock);
        var there = new PasswordCheck(databases.Second, Hashing(2000), _clock);

        Assert.Equal(account.Id, (await better.RunAsync("ann", Password)).Value?.Id);
        var rehashed = await new AccountStore(databases.Second, TimeProvider.System).FindAsync(account.Id);
        Assert.NotEqual(account.PasswordHash, rehashed!.PasswordHash);
        Assert.Equal(0, rehashed.FailedLogins);
        Assert.Equal(account.Id, (await there.RunAsync("Ann", Password)).Value?.Id);
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal("wrong_credentials", (await (number % 2 == 0 ? better : there).RunAsync("Ann", "guess")).Refusal?.Code);
        }

        Assert.Equal("locked", (await there.RunAsync("Ann", Password)).Refusal?.Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task People_rooms_uploads_and_the_audit_log_are_read_alike(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var (database, site) = (databases.First, new SiteStore(databases.First));
        var account = (await RegistrationOn(database).RegisterAsync("50% Ä_\\", Password)).Value!;
        await RegistrationOn(database).RegisterAsync("Ben", Password);
        var audit = new AuditLog(database, _clock);
        await database.WriteAsync(session => audit.WriteAsync(session, account.Id, "room.renamed", roomId: "gone", targetId: account.Id));
        await database.WriteAsync(session => audit.WriteAsync(session, null, "started"));
        var uploads = new UploadStore(database, _clock);
        await uploads.TryAddAsync(UploadOf(account.Id, 100_000), 100_000);

        Assert.Equal(account.Id, Assert.Single(await site.PeopleAsync("% ä_\\", null)).Id);
        Assert.Equal("Ben", Assert.Single(await site.PeopleAsync(null, account.Id)).Name);
        Assert.Equal(new SiteCounts { People = 2 }, await site.CountAsync());
        Assert.Equal(2, (await new AccountStore(database, TimeProvider.System).PeopleAsync([.. (await site.PeopleAsync(null, null)).Select(one => one.Id)])).Count);
        Assert.Empty(await new AccountStore(database, TimeProvider.System).PeopleAsync([]));
        Assert.Equal([("started", null, null), ("room.renamed", "gone", account.Name)], (await audit.ReadAsync(null)).Select(
            entry => (entry.Action, entry.Room, entry.Target)));
        Assert.Equal(100_000, await uploads.TodayAsync(account.Id));
        Assert.False(await uploads.TryAddAsync(UploadOf(account.Id, 1), 100_000));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Single(await uploads.DeleteForgottenAsync());
        Assert.Empty(await uploads.DeleteForgottenAsync());
    }

    private static Passwords Hashing(int rounds) =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));

    private static Upload UploadOf(string accountId, long size) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        AccountId = accountId,
        Name = "a.txt",
        Type = "text/plain",
        Size = size,
        CreatedAt = new TestClock().GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private Registration RegistrationOn(ChatDatabase database) => new(database, Hashing(1000), new ChatSettings(), _clock);

    private PeopleAdministration AdministrationOn(ChatDatabase database, IAkkaChat io) => new(
        database, new AuditLog(database, _clock), Hashing(1000), new SignOut(database, io), io, _clock);
}
