using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>The accounts in the database. Thread-safe.</summary>
internal sealed class AccountStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>The account; null if there is none, also none that was removed.</summary>
    public Task<Account?> FindAsync(string id) => database.ReadAsync(session => FindAsync(session, id));

    /// <summary>The same, in a transaction.</summary>
    public static Task<Account?> FindAsync(DbSession session, string id) => session.FindAsync<Account>(
        "SELECT * FROM accounts WHERE id = @id AND removed_at IS NULL", new { id });

    /// <summary>The account, also one that was removed; null if there has been none.</summary>
    public static Task<Account?> FindAnyAsync(DbSession session, string id) => session.FindAsync<Account>(
        "SELECT * FROM accounts WHERE id = @id", new { id });

    /// <summary>These people, removed ones too.</summary>
    public Task<List<Person>> PeopleAsync(IReadOnlyCollection<string> ids) => database.ReadAsync(async session =>
    {
        var accounts = await session.QueryAsync<Account>(
            $"SELECT * FROM accounts WHERE {database.Dialect.In("id", "@ids")}", new { ids = ids.ToArray() });
        return accounts.ConvertAll(Person.Of);
    });

    /// <summary>Whether nobody has registered yet.</summary>
    public Task<bool> IsEmptyAsync() => database.ReadAsync(IsEmptyAsync);

    /// <summary>The same, in a transaction.</summary>
    public static async Task<bool> IsEmptyAsync(DbSession session) =>
        await session.FindAsync<string>("SELECT id FROM accounts WHERE is_guest = 0 LIMIT 1") is null;

    /// <summary>Sets the password's hash.</summary>
    public Task SetPasswordAsync(string id, string hash) => database.WriteAsync(session => SetPasswordAsync(session, id, hash));

    /// <summary>The same, in a transaction.</summary>
    public static Task<int> SetPasswordAsync(DbSession session, string id, string hash) => session.ExecuteAsync(
        "UPDATE accounts SET password_hash = @hash, failed_logins = 0, locked_until = NULL WHERE id = @id", new { id, hash });

    /// <summary>People whose name has that in it, in any case; not those who were removed.</summary>
    public Task<List<Person>> FindByNameAsync(string part, int limit) => database.ReadAsync(async session =>
    {
        // Not a pattern of the person's own: % and _ stand for themselves.
        var pattern = ChatRules.KeyOf(part).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var accounts = await session.QueryAsync<Account>(
            """
            SELECT * FROM accounts WHERE name_key LIKE @pattern ESCAPE '\' AND removed_at IS NULL
            ORDER BY name_key LIMIT @limit
            """,
            new { pattern = $"%{pattern}%", limit });
        return accounts.ConvertAll(Person.Of);
    });

    /// <summary>Notes that somebody is seen now.</summary>
    public Task SeenAsync(string id) => database.WriteAsync(session => session.ExecuteAsync(
        "UPDATE accounts SET last_seen_at = @now WHERE id = @id", new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() }));

    /// <summary>Notes that somebody has been welcomed.</summary>
    /// <returns>Whether they had not been before.</returns>
    public Task<bool> GreetAsync(string id) => database.WriteAsync(async session =>
        await session.ExecuteAsync("UPDATE accounts SET is_greeted = 1 WHERE id = @id AND is_greeted = 0", new { id }) > 0);
}
