using System.Collections.Frozen;
using AkkaChat.Host.Accounts;

namespace AkkaChat.Host.Rooms;

/// <summary>
/// Who may do what in which kind of room: one table. What is not in it nobody may. Being muted, and a room being archived, are
/// no matters of rank; <see cref="Standing"/> has them.
/// </summary>
internal static class AccessRules
{
    /// <summary>The least rank that may; for kinds of rooms.</summary>
    private static readonly FrozenDictionary<(string Kind, RoomAction Action), Rank> Least =
        new Dictionary<(string, RoomAction), Rank>
        {
            [(RoomKind.Public, RoomAction.Join)] = Rank.Nobody,
            [(RoomKind.Public, RoomAction.Read)] = Rank.Member,
            [(RoomKind.Public, RoomAction.Say)] = Rank.Member,
            [(RoomKind.Public, RoomAction.Invite)] = Rank.Member,
            [(RoomKind.Public, RoomAction.Leave)] = Rank.Member,
            [(RoomKind.Public, RoomAction.Rename)] = Rank.Moderator,
            [(RoomKind.Public, RoomAction.DeleteMessage)] = Rank.Moderator,
            [(RoomKind.Public, RoomAction.Remove)] = Rank.Moderator,
            [(RoomKind.Public, RoomAction.Mute)] = Rank.Moderator,
            [(RoomKind.Public, RoomAction.Export)] = Rank.Moderator,
            [(RoomKind.Public, RoomAction.SetRole)] = Rank.Owner,
            [(RoomKind.Public, RoomAction.Archive)] = Rank.Owner,
            [(RoomKind.Public, RoomAction.DeleteRoom)] = Rank.Owner,

            [(RoomKind.Private, RoomAction.Read)] = Rank.Member,
            [(RoomKind.Private, RoomAction.Say)] = Rank.Member,
            [(RoomKind.Private, RoomAction.Invite)] = Rank.Member,
            [(RoomKind.Private, RoomAction.Leave)] = Rank.Member,
            [(RoomKind.Private, RoomAction.Rename)] = Rank.Moderator,
            [(RoomKind.Private, RoomAction.DeleteMessage)] = Rank.Moderator,
            [(RoomKind.Private, RoomAction.Remove)] = Rank.Moderator,
            [(RoomKind.Private, RoomAction.Mute)] = Rank.Moderator,
            [(RoomKind.Private, RoomAction.Export)] = Rank.Moderator,
            [(RoomKind.Private, RoomAction.SetRole)] = Rank.Owner,
            [(RoomKind.Private, RoomAction.Archive)] = Rank.Owner,
            [(RoomKind.Private, RoomAction.DeleteRoom)] = Rank.Owner,

            [(RoomKind.Direct, RoomAction.Read)] = Rank.Member,
            [(RoomKind.Direct, RoomAction.Say)] = Rank.Member,
        }.ToFrozenDictionary();

    /// <summary>Who has no account of their own may do only this.</summary>
    private static readonly FrozenSet<RoomAction> ForGuests =
        new[] { RoomAction.Join, RoomAction.Read, RoomAction.Say, RoomAction.Leave }.ToFrozenSet();

    /// <summary>What administrators may with any room, also one whose messages they can't read here.</summary>
    private static readonly FrozenSet<RoomAction> ForAdministrators =
        new[] { RoomAction.Export, RoomAction.DeleteRoom }.ToFrozenSet();

    /// <summary>Whether it is allowed.</summary>
    public static bool May(Standing standing, RoomAction action)
    {
        if (standing.IsGuest && !ForGuests.Contains(action))
        {
            return false;
        }

        if (standing.SiteRole == SiteRole.Administrator && ForAdministrators.Contains(action))
        {
            return true;
        }

        return Least.TryGetValue((standing.Kind, action), out var least) && RankOf(standing, action) >= least;
    }

    /// <summary>
    /// Whether it may be done to this person: nobody is put out or muted by somebody who may not more than they. Owners may do it
    /// to each other, but not to who has the rank of one by looking after the whole site.
    /// </summary>
    public static bool MayTo(Standing standing, RoomAction action, string? roleOfOther, string siteRoleOfOther)
    {
        var (own, lent) = (RankOf(standing, action), LentIn(standing.Kind, siteRoleOfOther));
        return May(standing, action) && lent < own && (RoomRole.RankOf(roleOfOther) < own || own == Rank.Owner);
    }

    /// <summary>
    /// Whether the ban of this person may be taken back: by who may put people out. Only administrators may take back their own,
    /// for nobody in the room is above them.
    /// </summary>
    public static bool MayUnban(Standing standing, string account) =>
        May(standing, RoomAction.Remove) && (account != standing.AccountId || standing.SiteRole == SiteRole.Administrator);

    /// <summary>
    /// The rank in the room. In public rooms those who moderate the site have one without being members, but they read
    /// and write as members only.
    /// </summary>
    private static Rank RankOf(Standing standing, RoomAction action)
    {
        var own = RoomRole.RankOf(standing.Role);
        if (action is RoomAction.Read or RoomAction.Say or RoomAction.Leave)
        {
            return own;
        }

        var lent = LentIn(standing.Kind, standing.SiteRole);
        return own > lent ? own : lent;
    }

    /// <summary>The rank that a role on the site lends in such a room.</summary>
    private static Rank LentIn(string kind, string siteRole) => (kind, siteRole) switch
    {
        (RoomKind.Public, SiteRole.Administrator) => Rank.Owner,
        (RoomKind.Public, SiteRole.Moderator) => Rank.Moderator,
        _ => Rank.Nobody,
    };
}
