using System.Text.Json.Serialization;

namespace AkkaChat.Host.Accounts;

/// <summary>What everybody may know of an account.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name; of a removed account, words that say so.</param>
/// <param name="Role">One of <see cref="SiteRole"/>.</param>
/// <param name="Guest">True, or absent.</param>
/// <param name="Removed">True, or absent.</param>
internal sealed record Person(
    string Id,
    string Name,
    string Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Guest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Removed)
{
    public static Person Of(Account account) => account.RemovedAt is null
        ? new(account.Id, account.Name, account.Role, account.IsGuest ? true : null, null)
        : new(account.Id, "removed person", SiteRole.Member, null, true);
}
