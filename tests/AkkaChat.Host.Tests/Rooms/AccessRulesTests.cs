using AkkaChat.Host.Accounts;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Tests.Rooms;

/// <summary>The table of who may do what, read from outside.</summary>
public sealed class AccessRulesTests
{
    private static readonly string?[] Ranks = [null, RoomRole.Member, RoomRole.Moderator, RoomRole.Owner];

    [Theory]
    [InlineData(RoomKind.Public, null, "Join")]
    [InlineData(RoomKind.Public, RoomRole.Member, "Join Read Say Invite Leave")]
    [InlineData(RoomKind.Public, RoomRole.Moderator, "Join Read Say Invite Leave Rename DeleteMessage Remove Mute Export")]
    [InlineData(RoomKind.Private, null, "")]
    [InlineData(RoomKind.Private, RoomRole.Member, "Read Say Invite Leave")]
    [InlineData(RoomKind.Private, RoomRole.Moderator, "Read Say Invite Leave Rename DeleteMessage Remove Mute Export")]
    [InlineData(RoomKind.Direct, null, "")]
    [InlineData(RoomKind.Direct, RoomRole.Member, "Read Say")]
    public void A_role_in_a_room_allows_these_and_nothing_else(string kind, string? role, string allowed) =>
        Assert.Equal(allowed, AllowedTo(Standing(kind, role)));

    [Fact]
    public void An_owner_may_all_that_can_be_done_in_a_room()
    {
        var all = string.Join(' ', Enum.GetValues<RoomAction>());
        Assert.Equal(all, AllowedTo(Standing(RoomKind.Public, RoomRole.Owner)));
        Assert.Equal(all.Replace("Join ", "", StringComparison.Ordinal), AllowedTo(Standing(RoomKind.Private, RoomRole.Owner)));
    }

    [Fact]
    public void Who_may_more_may_all_that_who_may_less_may()
    {
        foreach (var kind in (string[])[RoomKind.Public, RoomKind.Private])
        {
            for (var rank = 1; rank < Ranks.Length; rank++)
            {
                Assert.All(
                    Enum.GetValues<RoomAction>().Where(action => AccessRules.May(Standing(kind, Ranks[rank - 1]), action)),
                    action => Assert.True(AccessRules.May(Standing(kind, Ranks[rank]), action), $"{Ranks[rank]} {action}"));
            }
        }
    }

    [Fact]
    public void Administrators_keep_order_in_public_rooms_but_do_not_read_where_they_are_not_members()
    {
        var standing = Standing(RoomKind.Public, null) with { SiteRole = SiteRole.Administrator };
        Assert.True(AccessRules.May(standing, RoomAction.Remove));
        Assert.False(AccessRules.May(standing, RoomAction.Read));
        var elsewhere = Standing(RoomKind.Private, null) with { SiteRole = SiteRole.Administrator };
        Assert.Equal("Export DeleteRoom", AllowedTo(elsewhere));
    }

    [Fact]
    public void Guests_may_only_come_in_read_write_and_go()
    {
        Assert.Equal("Join Read Say Leave", AllowedTo(Standing(RoomKind.Public, RoomRole.Owner) with { IsGuest = true }));
    }

    [Theory]
    [InlineData(RoomRole.Moderator, RoomRole.Member, true)]
    [InlineData(RoomRole.Moderator, RoomRole.Moderator, false)]
    [InlineData(RoomRole.Moderator, RoomRole.Owner, false)]
    [InlineData(RoomRole.Owner, RoomRole.Owner, true)]
    [InlineData(RoomRole.Member, null, false)]
    public void Nobody_is_put_out_by_who_may_not_more_than_they(string role, string? other, bool may) =>
        Assert.Equal(may, AccessRules.MayTo(Standing(RoomKind.Private, role), RoomAction.Remove, other, SiteRole.Member));

    [Theory]
    [InlineData(RoomRole.Moderator, SiteRole.Moderator, false)]
    [InlineData(RoomRole.Moderator, SiteRole.Administrator, false)]
    [InlineData(RoomRole.Owner, SiteRole.Moderator, true)]
    [InlineData(RoomRole.Owner, SiteRole.Administrator, false)]
    public void A_role_on_the_site_protects_a_member_of_a_public_room_but_not_of_a_private_one(string role, string site, bool may)
    {
        Assert.Equal(may, AccessRules.MayTo(Standing(RoomKind.Public, role), RoomAction.Mute, RoomRole.Member, site));
        Assert.True(AccessRules.MayTo(Standing(RoomKind.Private, role), RoomAction.Mute, RoomRole.Member, site));
    }

    [Fact]
    public void An_administrator_may_discipline_owners_of_public_rooms()
    {
        var standing = Standing(RoomKind.Public, null) with { SiteRole = SiteRole.Administrator };
        Assert.True(AccessRules.MayTo(standing, RoomAction.Remove, RoomRole.Owner, SiteRole.Member));
        Assert.True(AccessRules.MayTo(standing, RoomAction.Remove, RoomRole.Owner, SiteRole.Moderator));
        Assert.False(AccessRules.MayTo(standing, RoomAction.Remove, RoomRole.Member, SiteRole.Administrator));
    }

    private static string AllowedTo(Standing standing) =>
        string.Join(' ', Enum.GetValues<RoomAction>().Where(action => AccessRules.May(standing, action)));

    private static Standing Standing(string kind, string? role) =>
        new() { AccountId = "a", SiteRole = SiteRole.Member, RoomId = "r", Kind = kind, Role = role };
}
