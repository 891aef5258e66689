using System.Data.Common;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Settings;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>Makes accounts. Thread-safe.</summary>
internal sealed class Registration(ChatDatabase database, Passwords passwords, ChatSettings settings, TimeProvider time)
{
    private static readonly Refusal Closed = new(
        StatusCodes.Status403Forbidden, "registration_closed", "New accounts are not made here at present.");

    private static readonly Refusal NoGuests = new(
        StatusCodes.Status403Forbidden, "guests_off", "One can't come in as a guest here.");

    /// <summary>An account with a password. The very first one becomes administrator.</summary>
    public async Task<Outcome<Account>> RegisterAsync(string? typedName, string? password)
    {
        if (!settings.Registration)
        {
            return Closed;
        }

        if (AccountRules.ReadName(typedName) is not { } name)
        {
            return AccountRules.NameInvalid;
        }

        if (AccountRules.WeakPassword(name, password, "password") is { } weak)
        {
            return weak;
        }

        return await AddAsync(NewAccount(name) with { PasswordHash = await passwords.HashAsync(password!) });
    }

    /// <summary>An account that ends with its log-in; its name is free again then.</summary>
    public async Task<Outcome<Account>> EnterAsGuestAsync(string? typedName)
    {
        if (!settings.Guests)
        {
            return NoGuests;
        }

        return AccountRules.ReadName(typedName) is { } name
            ? await AddAsync(NewAccount(name) with { IsGuest = true })
            : AccountRules.NameInvalid;
    }

    private Account NewAccount(string name) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Name = name,
        NameKey = AccountRules.NameKey(name),
        Role = SiteRole.Member,
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private async Task<Outcome<Account>> AddAsync(Account account)
    {
        try
        {
            var added = await database.WriteAsync(session => AddAsync(session, account));
            return added is null ? AccountRules.NameTaken : added;
        }
        catch (DbException exception) when (database.Dialect.IsConflict(exception))
        {
            // Another server was faster.
            return AccountRules.NameTaken;
        }
    }

    private async Task<Account?> AddAsync(DbSession session, Account account)
    {
        await FreeNameOfGoneGuestAsync(session, account.NameKey);
        if (await session.FindAsync<string>(
            "SELECT id FROM accounts WHERE name_key = @NameKey OR name_key = @former",
            new { account.NameKey, former = ChatRules.FormerKeyOf(account.Name) }) is not null)
        {
            return null;
        }

        if (await IsAdministratorAsync(session, account))
        {
            account = account with { Role = SiteRole.Administrator };
        }

        await session.ExecuteAsync(
            """
            INSERT INTO accounts (id, name, name_key, password_hash, role, is_guest, created_at)
            VALUES (@Id, @Name, @NameKey, @PasswordHash, @Role, @guest, @CreatedAt)
            """,
            new { account.Id, account.Name, account.NameKey, account.PasswordHash, account.Role, guest = account.IsGuest ? 1L : 0, account.CreatedAt });
        return account;
    }

    private Task FreeNameOfGoneGuestAsync(DbSession session, string nameKey) => session.ExecuteAsync(
        """
        UPDATE accounts SET name_key = 'gone:' || id
        WHERE name_key = @nameKey AND is_guest = 1
            AND NOT EXISTS (SELECT 1 FROM logins WHERE account_id = accounts.id AND expires_at > @now)
        """,
        new { nameKey, now = time.GetUtcNow().ToUnixTimeMilliseconds() });

    private async Task<bool> IsAdministratorAsync(DbSession session, Account account)
    {
        if (settings.Administrator is { } name)
        {
            return !account.IsGuest && account.NameKey == AccountRules.NameKey(name);
        }

        if (account.IsGuest || !await AccountStore.IsEmptyAsync(session))
        {
            return false;
        }

        // Two servers may both have found it so.
        await session.Dialect.LockAsync(session);
        return await AccountStore.IsEmptyAsync(session);
    }
}
