using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>The accounts in the database. Thread-safe.</summary>
internal sealed class AccountStore(ChatDatabase database)
{
    /// <summary>The account; null if there is none, also none that was removed.</summary>
    public Task<Account?> FindAsync(string id) => database.ReadAsync(session => FindAsync(session, id));

    /// <summary>The same, in a transaction.</summary>
    public static Task<Account?> FindAsync(DbSession session, string id) => session.FindAsync<Account>(
        "SELECT * FROM accounts WHERE id = @id AND removed_at IS NULL", new { id });

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
}
