using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Stores.Tests.Support;
using AkkaChat.Testing;

namespace AkkaChat.Host.Tests.Rooms;

/// <summary>How many rooms one person can have holds when two servers of one chat add rooms at the same moment.</summary>
[Collection(PostgreSqlTests.Name)]
public sealed class RoomDatabaseTests(PostgreSqlServer server)
{
    private const int AtOnce = 20;

    private readonly TestClock _clock = new();

    public static TheoryData<string> Kinds => ChatDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_comes_into_more_rooms_by_coming_in_on_two_servers(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var ana = await AddPersonAsync(databases.First, "ana");
        await FillAsync(databases.First, RoomKind.Private, 197, ana.Id, ana.Id);
        await FillAsync(databases.First, RoomKind.Public, AtOnce, "ben", "ben");
        var place = RoomLimits.Place(ana.Id, "Full.");

        var added = await CountDoneAsync(databases, (database, number) => number % 4 < 2
            ? new MemberStore(database, _clock).AdmitAsync($"{RoomKind.Public}-{number}", ana.Id, place)
            : new RoomStore(database, _clock).CreateAsync(RoomKind.Private, $"{number}", "", null, ana.Id, [ana.Id], place));

        Assert.Equal(3, added);
        Assert.Equal(200, await CountAsync(databases.First, ana.Id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_begins_more_conversations_by_beginning_them_on_two_servers(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var ana = await AddPersonAsync(databases.First, "ana");
        await FillAsync(databases.First, RoomKind.Direct, 498, ana.Id, ana.Id);

        var begun = await CountDoneAsync(databases, (database, number) => BeginAsync(database, ana, Person($"other-{number:00}")));

        Assert.Equal(2, begun);
        Assert.Equal(500, await CountAsync(databases.First, ana.Id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_more_begin_a_conversation_with_somebody_by_doing_so_on_two_servers(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        var ana = await AddPersonAsync(databases.First, "ana");
        var ben = await AddPersonAsync(databases.First, "ben");
        var others = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => AddPersonAsync(databases.First, $"other-{number:00}")));
        await FillAsync(databases.First, RoomKind.Direct, 98, ben.Id, ana.Id);

        var begun = await CountDoneAsync(databases, (database, number) => BeginAsync(database, others[number], ana));

        Assert.Equal(2, begun);
        Assert.Equal(100, await CountAsync(databases.First, ana.Id));
    }

    private static Account Person(string id) => new() { Id = id, Name = id, NameKey = id, Role = SiteRole.Member };

    private static async Task<Account> AddPersonAsync(ChatDatabase database, string id)
    {
        await database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO accounts (id, name, name_key, role, created_at) VALUES (@id, @id, @id, 'member', 0)", new { id }));
        return Person(id);
    }

    private static async Task FillAsync(ChatDatabase database, string kind, int count, string createdBy, string member)
    {
        var rooms = Enumerable.Range(0, count).Select(number => new { Room = $"{kind}-{number}", kind, createdBy, member }).ToList();
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                "INSERT INTO rooms (id, kind, name, topic, created_by, created_at) VALUES (@Room, @kind, '', '', @createdBy, 0)", rooms);
            await session.ExecuteAsync(
                "INSERT INTO members (room_id, account_id, role, joined_at) VALUES (@Room, @member, 'member', 0)", rooms);
        });
    }

    private static Task<long> CountAsync(ChatDatabase database, string account) => database.ReadAsync(session => session.FindAsync<long>(
        "SELECT count(*) FROM members WHERE account_id = @account", new { account }));

    private Task<RoomRow> BeginAsync(ChatDatabase database, Account one, Account other) => new RoomStore(database, _clock).CreateAsync(
        RoomKind.Direct, "", "", RoomStore.DirectKeyOf(one.Id, other.Id), one.Id, [one.Id, other.Id], RoomLimits.Direct(one, other));

    /// <summary>Asks both servers at once, in turn, and counts what was done; the rest is refused as too many.</summary>
    private static async Task<int> CountDoneAsync(ChatDatabases databases, Func<ChatDatabase, int, Task> add)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async number =>
        {
            try
            {
                await add(number % 2 == 0 ? databases.First : databases.Second, number);
                return true;
            }
            catch (ChatRefusal refusal) when (refusal.Code == ChatRefusal.TooMany)
            {
                return false;
            }
        }));
        return outcomes.Count(isDone => isDone);
    }
}
