using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>The accounts in the database. Thread-safe.</summary>
internal sealed class AccountStore(ChatDatabase database)
{
    /// <summary>The account; null if there is none, also none that was removed.</summary>
    public Task<Account?> FindAsync(string id) => database.ReadAsync(session => session.FindAsync<Account>(
        "SELECT * FROM accounts WHERE id = @id AND removed_at IS NULL", new { id }));

    /// <summary>These people, removed ones too.</summary>
    public Task<List<Person>> PeopleAsync(IReadOnlyCollection<string> ids) => database.ReadAsync(async session =>
    {
        var accounts = await session.QueryAsync<Account>(
            $"SELECT * FROM accounts WHERE {database.Dialect.In("id", "@ids")}", new { ids });
        return accounts.ConvertAll(Person.Of);
    });
}
