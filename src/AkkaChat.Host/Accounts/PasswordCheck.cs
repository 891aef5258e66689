using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;
using Microsoft.AspNetCore.Identity;

namespace AkkaChat.Host.Accounts;

/// <summary>Compares a name and a password with an account, and locks the account for a while after too many wrong ones. Thread-safe.</summary>
internal sealed class PasswordCheck(ChatDatabase database, Passwords passwords, TimeProvider time)
{
    private static readonly Refusal Wrong = new(
        StatusCodes.Status401Unauthorized, "wrong_credentials", "The name or the password is wrong.");

    private static readonly Refusal Banned = new(StatusCodes.Status403Forbidden, "banned", "This account is banned.");

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The account of that name, if this is its password.</summary>
    public async Task<Outcome<Account>> RunAsync(string name, string password)
    {
        // The try is counted before it is made: many at the same moment get no more than one after the other.
        var account = await database.WriteAsync(session => CountAsync(session, name));
        if (account?.LockedUntil > Now)
        {
            return Locked(account.LockedUntil.Value);
        }

        var result = await passwords.VerifyAsync(account?.PasswordHash, password);
        if (account is null || result == PasswordVerificationResult.Failed)
        {
            return Wrong;
        }

        var rehashed = result == PasswordVerificationResult.SuccessRehashNeeded ? await passwords.HashAsync(password) : null;
        await database.WriteAsync(session => ForgetFailuresAsync(session, account.Id, rehashed));
        return account.BannedAt is null ? account : Banned;
    }

    /// <summary>The account as it was before this try; of a locked one nothing is counted.</summary>
    private async Task<Account?> CountAsync(DbSession session, string name)
    {
        // Who had a name with an invisible character before that made no difference any more still has it.
        var account = await FindAsync(session, ChatRules.FormerKeyOf(name)) ?? await FindAsync(session, AccountRules.NameKey(name));
        if (account is null || account.LockedUntil > Now)
        {
            return account;
        }

        var failures = account.FailedLogins + 1;
        await session.ExecuteAsync(
            "UPDATE accounts SET failed_logins = @failures, locked_until = @until WHERE id = @Id",
            new { failures, until = Now + (long?)Lockout.After(failures)?.TotalMilliseconds, account.Id });
        return account;
    }

    private static Task<Account?> FindAsync(DbSession session, string nameKey) => session.FindAsync<Account>(
        "SELECT * FROM accounts WHERE name_key = @nameKey", new { nameKey });

    private static Task ForgetFailuresAsync(DbSession session, string id, string? rehashed) => session.ExecuteAsync(
        """
        UPDATE accounts SET failed_logins = 0, locked_until = NULL, password_hash = coalesce(@rehashed, password_hash)
        WHERE id = @id
        """,
        new { id, rehashed });

    private Refusal Locked(long until)
    {
        var seconds = (int)Math.Ceiling((until - Now) / 1000.0);
        return new(
            StatusCodes.Status429TooManyRequests,
            "locked",
            $"Too many wrong passwords. This account can be tried again in {seconds} seconds.",
            RetryAfter: seconds);
    }
}
