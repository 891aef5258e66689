using AkkaChat.Host.Accounts;
using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Administration;

/// <summary>What administrators see of the database. Thread-safe.</summary>
internal sealed class SiteStore(ChatDatabase database)
{
    private const int PeoplePage = 50;
    private const int MostRooms = 1000;
    private const int MostTyped = 64;

    /// <summary>How much there is.</summary>
    public async Task<SiteCounts> CountAsync() => (await database.ReadAsync(session => session.FindAsync<SiteCounts>(
        """
        SELECT (SELECT count(*) FROM accounts WHERE removed_at IS NULL) AS people,
            (SELECT count(*) FROM rooms) AS rooms,
            (SELECT count(*) FROM messages) AS messages
        """)))!;

    /// <summary>A page of people by their names, those that were removed left out.</summary>
    /// <param name="query">Names that contain it; null: all.</param>
    /// <param name="after">Only people behind this one, by id: the last of the page before.</param>
    public Task<List<Account>> PeopleAsync(string? query, string? after) => database.ReadAsync(session => session.QueryAsync<Account>(
        """
        SELECT * FROM accounts
        WHERE removed_at IS NULL AND name_key LIKE @pattern ESCAPE '\'
            AND (@after = '' OR name_key > (SELECT name_key FROM accounts WHERE id = @after))
        ORDER BY name_key LIMIT @PeoplePage
        """,
        new { pattern = PatternOf(query), after = after ?? "", PeoplePage }));

    /// <summary>The rooms, those with the newest messages first.</summary>
    public Task<List<AdminRoom>> RoomsAsync() => database.ReadAsync(session => session.QueryAsync<AdminRoom>(
        """
        SELECT r.id, r.kind, r.name, r.topic, CASE WHEN r.archived_at IS NULL THEN NULL ELSE 1 END AS archived, r.created_by, r.created_at,
            (SELECT count(*) FROM members m WHERE m.room_id = r.id) AS members,
            (SELECT count(*) FROM messages s WHERE s.room_id = r.id) AS messages,
            r.last_at
        FROM rooms r ORDER BY coalesce(r.last_at, r.created_at) DESC LIMIT @MostRooms
        """,
        new { MostRooms }));

    private static string PatternOf(string? query)
    {
        var wanted = AccountRules.NameKey(TypedText.OneLine(query, MostTyped));
        return $"%{wanted.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
    }
}
