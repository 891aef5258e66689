using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>Who is logged in, by which log-ins. Thread-safe.</summary>
internal sealed class Logins(ChatDatabase database, TimeProvider time)
{
    /// <summary>How long a browser's log-in holds after its last use.</summary>
    public static readonly TimeSpan BrowserLifetime = TimeSpan.FromDays(30);

    private const int MaxLabelLength = 100;

    private static readonly TimeSpan ProgramLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Who has that token; null if nobody, also if they are banned or removed. A use of the log-in, which prolongs it.</summary>
    public async Task<LoggedIn?> FindAsync(string? token)
    {
        if (LoginToken.Hash(token) is not { } hash || await ReadAsync(hash) is not { } found)
        {
            return null;
        }

        return Now - found.Login.LastUsedAt < UseNoted.TotalMilliseconds ? found : await NoteUseAsync(found);
    }

    /// <summary>Whether the log-in still holds.</summary>
    public Task<bool> IsAliveAsync(string id) => database.ReadAsync(async session => await session.FindAsync<string>(
        "SELECT id FROM logins WHERE id = @id AND expires_at > @Now", new { id, Now }) is not null);

    /// <summary>Logs them in.</summary>
    /// <returns>The log-in, and its token, which nobody can tell later.</returns>
    public async Task<(Login Login, string Token)> CreateAsync(string accountId, string kind, string? label)
    {
        var token = LoginToken.Create();
        var login = new Login
        {
            Id = Guid.CreateVersion7().ToString("N"),
            TokenHash = LoginToken.Hash(token)!,
            AccountId = accountId,
            Kind = kind,
            Label = TypedText.OneLine(label, MaxLabelLength),
            CreatedAt = Now,
            LastUsedAt = Now,
            ExpiresAt = Now + LifetimeOf(kind),
        };
        await database.WriteAsync(session => InsertAsync(session, login));
        return (login, token);
    }

    /// <summary>All log-ins of an account that hold, those used last first.</summary>
    public Task<List<Login>> ListAsync(string accountId) => database.ReadAsync(session => session.QueryAsync<Login>(
        "SELECT * FROM logins WHERE account_id = @accountId AND expires_at > @Now ORDER BY last_used_at DESC", new { accountId, Now }));

    /// <summary>Log-ins that have run out.</summary>
    public Task<List<Login>> ExpiredAsync() => database.ReadAsync(session => session.QueryAsync<Login>(
        "SELECT * FROM logins WHERE expires_at <= @Now", new { Now }));

    private static Task<int> InsertAsync(DbSession session, Login login) => session.ExecuteAsync(
        """
        INSERT INTO logins (id, token_hash, account_id, kind, label, created_at, last_used_at, expires_at)
        SELECT @Id, @TokenHash, @AccountId, @Kind, @Label, @CreatedAt, @LastUsedAt, @ExpiresAt
        FROM accounts WHERE id = @AccountId AND banned_at IS NULL AND removed_at IS NULL
        """,
        login);

    private Task<LoggedIn?> ReadAsync(string hash) => database.ReadAsync(async session =>
    {
        var login = await session.FindAsync<Login>(
            "SELECT * FROM logins WHERE token_hash = @hash AND expires_at > @Now", new { hash, Now });
        var account = login is null ? null : await session.FindAsync<Account>(
            "SELECT * FROM accounts WHERE id = @AccountId AND removed_at IS NULL AND banned_at IS NULL", login);
        return account is null ? null : new LoggedIn(account, login!);
    });

    private async Task<LoggedIn> NoteUseAsync(LoggedIn found)
    {
        var used = found.Login with { LastUsedAt = Now, ExpiresAt = Now + LifetimeOf(found.Login.Kind) };
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("UPDATE logins SET last_used_at = @LastUsedAt, expires_at = @ExpiresAt WHERE id = @Id", used);
            await session.ExecuteAsync("UPDATE accounts SET last_seen_at = @LastUsedAt WHERE id = @AccountId", used);
        });
        return found with { Login = used, IsProlonged = true };
    }

    private static long LifetimeOf(string kind) =>
        (long)(kind == Login.Browser ? BrowserLifetime : ProgramLifetime).TotalMilliseconds;
}
