using System.Globalization;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Administration;

/// <summary>Changes people's accounts by the hand of others, and tells all whom it concerns. Thread-safe.</summary>
internal sealed class PeopleAdministration(
    ChatDatabase database, AuditLog audit, Passwords passwords, SignOut signOut, IAkkaChat io, TimeProvider time)
{
    private static readonly Refusal NoSuchPerson = Refusal.NotFound("There is no such person.");

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Changes a person.</summary>
    /// <returns>The account as it is then.</returns>
    public async Task<Outcome<Account>> ChangeAsync(Account actor, string id, PersonEdit edit)
    {
        // Hashing takes long: it is done before the transaction, for those who may.
        var hash = edit.Password is { Length: <= AccountRules.MaxPasswordLength } password ? await passwords.HashAsync(password) : null;
        var outcome = await database.WriteAsync(session => ChangeAsync(session, actor, id, edit, hash));
        if (outcome.Value is { } account)
        {
            await TellAsync(account, edit);
        }

        return outcome;
    }

    /// <summary>
    /// Removes an account. What the person has said stays. Of one that is removed already it ends what is left: the time before may
    /// have been interrupted.
    /// </summary>
    public async Task<Outcome<Account>> RemoveAsync(Account actor, string id)
    {
        var outcome = await database.WriteAsync(session => RemoveAsync(session, actor, id));
        if (outcome.Value is { } account)
        {
            await signOut.DisconnectAllAsync(id, SignOut.ByRemoval);
            await TellAllAsync(account);
        }

        return outcome;
    }

    private async Task<Outcome<Account>> ChangeAsync(DbSession session, Account actor, string id, PersonEdit edit, string? hash)
    {
        // One at a time on all servers, and by what the actor is now: the last two administrators can't demote each other.
        await session.Dialect.LockAsync(session);
        if (await AccountStore.FindAsync(session, actor.Id) is not { } now)
        {
            return PeopleRules.NotByMembers;
        }

        actor = now;
        if (await AccountStore.FindAsync(session, id) is not { } target)
        {
            return NoSuchPerson;
        }

        if (PeopleRules.Check(actor, target, edit) is { } refusal)
        {
            return refusal;
        }

        if (PeopleRules.EndsAdministrator(target, edit) && await IsLastAsync(session, id))
        {
            return PeopleRules.LastAdministrator;
        }

        await SetRoleAsync(session, actor, target, edit);
        await SetBanAsync(session, actor, target, edit);
        await SetMuteAsync(session, actor, target, edit);
        await SetPasswordAsync(session, actor, target, hash);
        return (await AccountStore.FindAsync(session, id))!;
    }

    private async Task SetRoleAsync(DbSession session, Account actor, Account target, PersonEdit edit)
    {
        if (edit.Role is { } role && role != target.Role)
        {
            await session.ExecuteAsync("UPDATE accounts SET role = @role WHERE id = @Id", new { role, target.Id });
            await audit.WriteAsync(session, actor.Id, "person.role", targetId: target.Id, details: $"{target.Role} -> {role}");
        }
    }

    private async Task SetBanAsync(DbSession session, Account actor, Account target, PersonEdit edit)
    {
        if (edit.Banned is not { } isBanned || isBanned == target.BannedAt is not null)
        {
            return;
        }

        await session.ExecuteAsync(
            "UPDATE accounts SET banned_at = @at WHERE id = @Id", new { at = isBanned ? Now : (long?)null, target.Id });
        if (isBanned)
        {
            await SignOut.DeleteAllAsync(session, target.Id);
        }

        await audit.WriteAsync(
            session, actor.Id, isBanned ? "person.banned" : "person.unbanned", targetId: target.Id, details: edit.Reason);
    }

    private async Task SetMuteAsync(DbSession session, Account actor, Account target, PersonEdit edit)
    {
        if (edit.MutedUntil is not { } requested)
        {
            return;
        }

        var until = UntilOf(requested);
        await session.ExecuteAsync("UPDATE accounts SET muted_until = @until WHERE id = @Id", new { until, target.Id });
        await audit.WriteAsync(
            session, actor.Id, until is null ? "person.unmuted" : "person.muted", targetId: target.Id, details: DetailsOf(until, edit.Reason));
    }

    private async Task SetPasswordAsync(DbSession session, Account actor, Account target, string? hash)
    {
        if (hash is not null)
        {
            await AccountStore.SetPasswordAsync(session, target.Id, hash);
            await SignOut.DeleteAllAsync(session, target.Id);
            await audit.WriteAsync(session, actor.Id, "person.password", targetId: target.Id);
        }
    }

    private async Task<Outcome<Account>> RemoveAsync(DbSession session, Account actor, string id)
    {
        await session.Dialect.LockAsync(session);
        if (await AccountStore.FindAsync(session, actor.Id) is not { } now || !PeopleRules.IsAdministrator(now))
        {
            return PeopleRules.NotByMembers;
        }

        if (await AccountStore.FindAnyAsync(session, id) is not { } target)
        {
            return NoSuchPerson;
        }

        if (target.RemovedAt is not null)
        {
            return target;
        }

        if (PeopleRules.IsAdministrator(target) && await IsLastAsync(session, id))
        {
            return PeopleRules.LastAdministrator;
        }

        await session.ExecuteAsync(
            "UPDATE accounts SET removed_at = @Now, name_key = @key, password_hash = NULL, role = @Member WHERE id = @id",
            new { Now, key = $"removed:{id}", SiteRole.Member, id });
        await SignOut.DeleteAllAsync(session, id);
        await audit.WriteAsync(session, actor.Id, "person.removed", targetId: id);
        return target with { RemovedAt = Now };
    }

    private static async Task<bool> IsLastAsync(DbSession session, string id) => await session.FindAsync<string>(
        """
        SELECT id FROM accounts
        WHERE role = @Administrator AND removed_at IS NULL AND banned_at IS NULL AND id <> @id LIMIT 1
        """,
        new { SiteRole.Administrator, id }) is null;

    private async Task TellAsync(Account account, PersonEdit edit)
    {
        if (edit.MutedUntil is { } requested)
        {
            await io.ToUser(account.Id).EmitAsync(ChatEvents.Muted, new MutedUntil(null, UntilOf(requested)));
        }

        if (edit.Banned is true)
        {
            await signOut.DisconnectAllAsync(account.Id, SignOut.ByBan);
        }
        else if (edit.Password is not null)
        {
            await signOut.DisconnectAllAsync(account.Id, SignOut.ByPassword);
        }

        if (edit.Role is not null)
        {
            await TellAllAsync(account);
        }
    }

    /// <summary>One argument, which is a list: as an array it would be several arguments.</summary>
    private Task TellAllAsync(Account account) => io.EmitAsync("people", new List<Person> { Person.Of(account) });

    /// <summary>A time that has passed unmutes.</summary>
    private long? UntilOf(long requested) => requested > Now ? requested : null;

    private static string? DetailsOf(long? until, string? reason) => until is null
        ? reason
        : string.Create(CultureInfo.InvariantCulture, $"until {TimeOf(until.Value):u}{(reason is null ? "" : ": ")}{reason}");

    private static DateTimeOffset TimeOf(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
