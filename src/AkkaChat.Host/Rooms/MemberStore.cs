using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Rooms;

/// <summary>Who is in which room, in the database. Thread-safe.</summary>
internal sealed class MemberStore(ChatDatabase database, TimeProvider time)
{
    private const int UnreadCounted = 100;

    /// <summary>
    /// Asks who owns the room <c>@room</c> when <c>@account</c> is gone from it and nobody left owns it: who has been there longest
    /// of the highest rank.
    /// </summary>
    private const string Heir =
        """
        SELECT h.account_id FROM members h JOIN rooms r ON r.id = h.room_id
        WHERE h.room_id = @room AND h.account_id <> @account AND r.kind <> 'direct'
            AND NOT EXISTS (SELECT 1 FROM members o WHERE o.room_id = @room AND o.account_id <> @account AND o.role = 'owner')
        ORDER BY h.role DESC, h.joined_at, h.account_id LIMIT 1
        """;

    /// <summary>Everybody in the room.</summary>
    public Task<List<MemberShape>> OfRoomAsync(string room) => database.ReadAsync(session => session.QueryAsync<MemberShape>(
        """
        SELECT m.account_id AS id, m.role, s.muted_until FROM members m
        LEFT JOIN room_mutes s ON s.room_id = m.room_id AND s.account_id = m.account_id AND s.muted_until > @now
        WHERE m.room_id = @room ORDER BY m.joined_at, m.account_id
        """,
        new { room, now = Now }));

    /// <summary>The people in the room, for mentions by name.</summary>
    public Task<List<Account>> PeopleOfRoomAsync(string room) => database.ReadAsync(session => session.QueryAsync<Account>(
        "SELECT a.* FROM members m JOIN accounts a ON a.id = m.account_id WHERE m.room_id = @room", new { room }));

    /// <summary>The people who share a room with this one, itself among them; not more than the limit.</summary>
    public Task<List<Account>> AroundAsync(string account, int limit) => database.ReadAsync(session => session.QueryAsync<Account>(
        """
        SELECT id, name, name_key, role, is_guest, removed_at FROM accounts WHERE id IN (
            SELECT o.account_id FROM members m JOIN members o ON o.room_id = m.room_id WHERE m.account_id = @account)
        ORDER BY name_key LIMIT @limit
        """,
        new { account, limit }));

    /// <summary>The role of a member; null if they are none.</summary>
    public Task<string?> RoleAsync(string room, string account) => database.ReadAsync(session => RoleAsync(session, room, account));

    /// <summary>Makes somebody a member.</summary>
    /// <returns>False if they were one already.</returns>
    public Task<bool> AddAsync(string room, string account, string role = RoomRole.Member) =>
        database.WriteAsync(session => AddAsync(session, room, account, role));

    /// <summary>The same, within a limit.</summary>
    /// <param name="room">The room.</param>
    /// <param name="account">Who comes in.</param>
    /// <param name="limit">Whether they may have one more.</param>
    /// <param name="liftsBan">Whether a ban of theirs ends with it.</param>
    /// <returns>False if they were a member already.</returns>
    /// <exception cref="ChatRefusal">They have no place left; nothing has changed.</exception>
    public async Task<bool> AdmitAsync(string room, string account, RoomLimit limit, bool liftsBan = false)
    {
        var (isAdded, refusal) = await database.WriteAsync(session => AdmitAsync(session, room, account, limit, liftsBan));
        return refusal is null ? isAdded : throw refusal;
    }

    /// <summary>Takes a member out. If it was the last owner, who has been there longest of the highest rank is the next one.</summary>
    /// <param name="room">The room.</param>
    /// <param name="account">The member.</param>
    /// <param name="bannedBy">Who wills that they don't come back; null: they may.</param>
    /// <returns>Whether they were one, and who has become owner.</returns>
    public Task<(bool WasMember, string? NewOwner)> RemoveAsync(string room, string account, string? bannedBy = null) =>
        database.WriteAsync(async session =>
        {
            if (bannedBy is not null)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO room_bans (room_id, account_id, by_id, at) VALUES (@room, @account, @bannedBy, @now)
                    ON CONFLICT (room_id, account_id) DO NOTHING
                    """,
                    new { room, account, bannedBy, now = Now });
            }

            return await DeleteAsync(session, room, account, joinedAt: null);
        });

    /// <summary>The membership as it is now; null if they are no member.</summary>
    public Task<RoomMembership?> FindAsync(string room, string account) => database.ReadAsync(session => session.FindAsync<RoomMembership>(
        $"""
        SELECT m.room_id, m.account_id, m.joined_at, ({Heir}) AS heir FROM members m
        WHERE m.room_id = @room AND m.account_id = @account
        """,
        new { room, account }));

    /// <summary>Ends this membership; if it has ended, not the one that has begun since.</summary>
    /// <returns>Who has become owner by that; null: nobody.</returns>
    public Task<string?> EndAsync(RoomMembership membership) => database.WriteAsync(async session =>
        (await DeleteAsync(session, membership.RoomId, membership.AccountId, membership.JoinedAt)).NewOwner);

    /// <summary>Whether somebody was put out of the room for good.</summary>
    public Task<bool> IsBannedAsync(string room, string account) => database.ReadAsync(async session =>
        await session.FindAsync<string>(
            "SELECT account_id FROM room_bans WHERE room_id = @room AND account_id = @account", new { room, account }) is not null);

    /// <summary>Gives a member a role.</summary>
    /// <returns>False if they are none, or it would leave the room without an owner.</returns>
    public Task<bool> SetRoleAsync(string room, string account, string role) => database.WriteAsync(async session =>
        await session.ExecuteAsync(
            """
            UPDATE members SET role = @role WHERE room_id = @room AND account_id = @account AND (@role = 'owner' OR EXISTS (
                SELECT 1 FROM members o WHERE o.room_id = @room AND o.account_id <> @account AND o.role = 'owner')
                OR role <> 'owner')
            """,
            new { room, account, role }) > 0);

    /// <summary>Takes somebody's voice in the room until then, whether they are in it now or come later; null gives it back.</summary>
    public Task MuteAsync(string room, string account, long? until) => database.WriteAsync(session => session.ExecuteAsync(
        until is null
            ? "DELETE FROM room_mutes WHERE room_id = @room AND account_id = @account"
            : """
              INSERT INTO room_mutes (room_id, account_id, muted_until) VALUES (@room, @account, @until)
              ON CONFLICT (room_id, account_id) DO UPDATE SET muted_until = excluded.muted_until
              """,
        new { room, account, until }));

    /// <summary>The person has read up to there; never back.</summary>
    public Task ReadToAsync(string room, string account, long to) => database.WriteAsync(session => session.ExecuteAsync(
        "UPDATE members SET read_to = @to WHERE room_id = @room AND account_id = @account AND read_to < @to", new { room, account, to }));

    /// <summary>All rooms of a person, or one of them, with what is unread.</summary>
    public Task<List<MyRoom>> RoomsOfAsync(string account, string? room = null) => database.ReadAsync(async session =>
    {
        var rows = await session.QueryAsync<MyRoomRow>(
            $"""
            SELECT r.*, m.role, m.read_to, s.muted_until,
                (SELECT count(*) FROM (
                    SELECT 1 FROM messages u WHERE u.room_id = r.id AND u.id > m.read_to AND u.author_id <> m.account_id
                        AND u.deleted_at IS NULL AND u.notice IS NULL LIMIT {UnreadCounted}) AS counted) AS unread,
                (SELECT count(*) FROM (
                    SELECT 1 FROM mentions n WHERE n.room_id = r.id AND n.account_id = m.account_id AND n.message_id > m.read_to
                    LIMIT {UnreadCounted}) AS named) AS mentions,
                CASE WHEN r.kind = 'direct' THEN (
                    SELECT o.account_id FROM members o WHERE o.room_id = r.id AND o.account_id <> m.account_id LIMIT 1) END AS other_id
            FROM members m JOIN rooms r ON r.id = m.room_id
            LEFT JOIN room_mutes s ON s.room_id = r.id AND s.account_id = m.account_id AND s.muted_until > @now
            WHERE m.account_id = @account AND (@room IS NULL OR r.id = @room)
            ORDER BY r.kind DESC, r.name, r.id
            """,
            new { account, room, now = Now });
        var others = await PeopleAsync(session, rows.ConvertAll(row => row.OtherId));
        return rows.ConvertAll(row => row.Shape(others.GetValueOrDefault(row.OtherId ?? "")));
    });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<Dictionary<string, Person>> PeopleAsync(DbSession session, IEnumerable<string?> ids)
    {
        var wanted = ids.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var accounts = await session.QueryAsync<Account>(
            $"SELECT * FROM accounts WHERE {session.Dialect.In("id", "@wanted")}", new { wanted });
        return accounts.ToDictionary(account => account.Id, Person.Of, StringComparer.Ordinal);
    }

    private async Task<(bool IsAdded, ChatRefusal? Refusal)> AdmitAsync(
        DbSession session, string room, string account, RoomLimit limit, bool liftsBan)
    {
        var refusal = await limit(session);
        if (await RoleAsync(session, room, account) is not null)
        {
            return (false, null);
        }

        if (refusal is not null)
        {
            return (false, refusal);
        }

        if (liftsBan)
        {
            await session.ExecuteAsync("DELETE FROM room_bans WHERE room_id = @room AND account_id = @account", new { room, account });
        }

        return (await AddAsync(session, room, account, RoomRole.Member), null);
    }

    private static Task<string?> RoleAsync(DbSession session, string room, string account) => session.FindAsync<string>(
        "SELECT role FROM members WHERE room_id = @room AND account_id = @account", new { room, account });

    private async Task<bool> AddAsync(DbSession session, string room, string account, string role) => await session.ExecuteAsync(
        """
        INSERT INTO members (room_id, account_id, role, joined_at, read_to)
        SELECT r.id, @account, @role, @now, r.log_offset FROM rooms r WHERE r.id = @room
        ON CONFLICT (room_id, account_id) DO NOTHING
        """,
        new { room, account, role, now = Now }) > 0;

    private static async Task<(bool WasMember, string? NewOwner)> DeleteAsync(
        DbSession session, string room, string account, long? joinedAt)
    {
        var heir = await session.FindAsync<string>(Heir, new { room, account });
        var removed = await session.ExecuteAsync(
            "DELETE FROM members WHERE room_id = @room AND account_id = @account AND (@joinedAt IS NULL OR joined_at = @joinedAt)",
            new { room, account, joinedAt });
        if (removed == 0 || heir is null)
        {
            return (removed > 0, null);
        }

        await session.ExecuteAsync("UPDATE members SET role = 'owner' WHERE room_id = @room AND account_id = @heir", new { room, heir });
        return (true, heir);
    }

    private sealed record MyRoomRow
    {
        public required string Id { get; init; }

        public required string Kind { get; init; }

        public required string Name { get; init; }

        public required string Topic { get; init; }

        public required string CreatedBy { get; init; }

        public long CreatedAt { get; init; }

        public long? ArchivedAt { get; init; }

        public long? LastAt { get; init; }

        public string? LogEpoch { get; init; }

        public long LogOffset { get; init; }

        public required string Role { get; init; }

        public long ReadTo { get; init; }

        public long? MutedUntil { get; init; }

        public long Unread { get; init; }

        public long Mentions { get; init; }

        public string? OtherId { get; init; }

        public MyRoom Shape(Person? other) =>
            new(new RoomShape(Id, Kind, Name, Topic, ArchivedAt is null ? null : true, CreatedBy, CreatedAt))
            {
                Role = Role,
                ReadTo = ReadTo,
                Unread = Unread,
                Mentions = Mentions,
                Position = LogEpoch is null ? null : new LogPosition(LogEpoch, LogOffset),
                LastAt = LastAt,
                Other = other,
                MutedUntil = MutedUntil,
            };
    }
}
