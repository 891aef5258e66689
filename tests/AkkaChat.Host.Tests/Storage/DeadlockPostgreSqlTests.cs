using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Storage;

/// <summary>Transactions of two servers that wait for each other: the database gives one of them up. SQLite has one at a time.</summary>
[Collection(PostgreSqlTests.Name)]
public sealed class DeadlockPostgreSqlTests(PostgreSqlServer server)
{
    [StoreFact]
    public async Task Two_writes_that_wait_for_each_other_are_both_done()
    {
        await using var databases = await ChatDatabases.OpenAsync(ChatDatabases.PostgreSql, server);
        await databases.First.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO accounts (id, name, name_key, role, created_at, failed_logins) VALUES (@id, @id, @id, 'member', 0, 0)",
            (object[])[new { id = "ana" }, new { id = "ben" }]));
        var (ana, ben) = (new TaskCompletionSource(), new TaskCompletionSource());

        await Task.WhenAll(CountAsync(databases.First, "ana", ana, "ben", ben), CountAsync(databases.Second, "ben", ben, "ana", ana));

        Assert.Equal([2, 2], await databases.First.ReadAsync(session => session.QueryAsync<long>("SELECT failed_logins FROM accounts")));
    }

    /// <summary>Changes two rows, the second one when the other server has changed it too.</summary>
    private static Task CountAsync(ChatDatabase database, string one, TaskCompletionSource isHeld, string other, TaskCompletionSource isOtherHeld) =>
        database.WriteAsync(async session =>
        {
            await CountAsync(session, one);
            isHeld.TrySetResult();
            await isOtherHeld.Task;
            await CountAsync(session, other);
        });

    private static Task CountAsync(DbSession session, string id) =>
        session.ExecuteAsync("UPDATE accounts SET failed_logins = failed_logins + 1 WHERE id = @id", new { id });
}
