using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Rooms;

/// <summary>
/// Whether somebody may have one more room: null, or why not. Asked in the transaction that adds the room. It keeps other
/// transactions that ask it of the same people waiting, so that no two at the same moment exceed what each of them may have.
/// </summary>
internal delegate Task<ChatRefusal?> RoomLimit(DbSession session);

/// <summary>How many rooms one person can have.</summary>
internal static class RoomLimits
{
    /// <summary>How many direct rooms one person can begin. Nobody can leave them, so they don't count among the others.</summary>
    private const int MostBegun = 500;

    /// <summary>
    /// How many direct rooms others can have begun with a person who has neither looked at them nor written in them: many accounts
    /// are soon made, and shall not fill somebody's list.
    /// </summary>
    private const int MostUnseen = 100;

    /// <summary>One more room that is not a direct one, for this person.</summary>
    /// <param name="account">The person.</param>
    /// <param name="full">What is said if they have as many as one can have.</param>
    public static RoomLimit Place(string account, string full) => async session =>
    {
        await HoldAsync(session, account);
        var rooms = await session.FindAsync<long>(
            "SELECT count(*) FROM members m JOIN rooms r ON r.id = m.room_id WHERE m.account_id = @account AND r.kind <> 'direct'",
            new { account });
        return rooms >= ChatRules.MaxRoomsPerPerson ? new ChatRefusal(ChatRefusal.TooMany, full) : null;
    };

    /// <summary>One more direct room that the one begins with the other.</summary>
    public static RoomLimit Direct(Account one, Account other) => async session =>
    {
        await HoldAsync(session, one.Id, other.Id);
        if (await CountBegunAsync(session, one.Id) >= MostBegun)
        {
            return new ChatRefusal(
                ChatRefusal.TooMany, $"One person can begin {MostBegun} direct conversations, and you have. {other.Name} can still begin one with you.");
        }

        // Who looks after the site has to reach everybody.
        return one.Role == SiteRole.Member && await CountUnseenAsync(session, other.Id) >= MostUnseen
            ? new ChatRefusal(
                ChatRefusal.TooMany, $"{MostUnseen} people have begun a conversation with {other.Name} that {other.Name} has not looked at yet. Try again later.")
            : null;
    };

    private static Task<long> CountBegunAsync(DbSession session, string account) => session.FindAsync<long>(
        """
        SELECT count(*) FROM members m JOIN rooms r ON r.id = m.room_id
        WHERE m.account_id = @account AND r.kind = 'direct' AND r.created_by = @account
        """,
        new { account });

    /// <summary>Those of people who were banned or removed don't count: else what they have done to somebody would last.</summary>
    private static Task<long> CountUnseenAsync(DbSession session, string account) => session.FindAsync<long>(
        """
        SELECT count(*) FROM members m JOIN rooms r ON r.id = m.room_id JOIN accounts b ON b.id = r.created_by
        WHERE m.account_id = @account AND m.read_to = 0 AND r.kind = 'direct' AND r.created_by <> @account
            AND b.removed_at IS NULL AND b.banned_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM messages s WHERE s.room_id = r.id AND s.author_id = @account)
        """,
        new { account });

    /// <summary>In one order, so that two who begin a conversation with each other don't wait for each other for ever.</summary>
    private static Task HoldAsync(DbSession session, params string[] accounts) => session.QueryAsync<string>(
        $"SELECT id FROM accounts WHERE {session.Dialect.In("id", "@accounts")} ORDER BY id{session.Dialect.ForUpdate}", new { accounts });
}
