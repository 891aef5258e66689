using AkkaChat.Host.Accounts;
using AkkaChat.Host.Http;

namespace AkkaChat.Host.Administration;

/// <summary>Who may do what to whom. Pure.</summary>
internal static class PeopleRules
{
    public static readonly Refusal LastAdministrator = new(
        StatusCodes.Status409Conflict,
        "conflict",
        "This is the last administrator. Make somebody else administrator first.");

    public static readonly Refusal NotByMembers = Refusal.NotAllowed("Your account may not do this.");

    private static readonly Refusal NotByModerators = Refusal.NotAllowed("A moderator may ban and mute, nothing else.");
    private static readonly Refusal MembersOnly = Refusal.NotAllowed("A moderator may ban and mute members only.");
    private static readonly Refusal NoSuchRole = Refusal.Invalid("A role is member, moderator or administrator.", "role");
    private static readonly Refusal NotForGuests = Refusal.Invalid("A guest has no other role and no password.");

    private static readonly Refusal NoTime = Refusal.Invalid(
        "mutedUntil is a time in milliseconds since 1970, or null.", "mutedUntil");

    /// <summary>Why it is refused; null if it is not.</summary>
    public static Refusal? Check(Account actor, Account target, PersonEdit edit) =>
        CheckActor(actor, target, edit) ?? CheckTarget(target, edit);

    /// <summary>Whether the account would be no administrator any more.</summary>
    public static bool EndsAdministrator(Account target, PersonEdit edit) =>
        IsAdministrator(target) && (edit.Banned is true || edit.Role is not (null or SiteRole.Administrator));

    /// <summary>Whether the account can act as administrator.</summary>
    public static bool IsAdministrator(Account account) => account.Role == SiteRole.Administrator && account.BannedAt is null;

    private static Refusal? CheckActor(Account actor, Account target, PersonEdit edit)
    {
        if (IsAdministrator(actor))
        {
            return null;
        }

        return actor.Role != SiteRole.Moderator || actor.BannedAt is not null ? NotByMembers
            : edit.Role is not null || edit.Password is not null ? NotByModerators
            : target.Role != SiteRole.Member ? MembersOnly
            : null;
    }

    private static Refusal? CheckTarget(Account target, PersonEdit edit)
    {
        if (edit.Role is not null && !SiteRole.IsKnown(edit.Role))
        {
            return NoSuchRole;
        }

        if (target.IsGuest && (edit.Password is not null || edit.Role is not (null or SiteRole.Member)))
        {
            return NotForGuests;
        }

        return edit.MutedUntil is < 0 ? NoTime
            : edit.Password is null ? null
            : AccountRules.WeakPassword(target.Name, edit.Password, "password");
    }
}
