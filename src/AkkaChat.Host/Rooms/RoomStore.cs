using System.Data.Common;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Rooms;

/// <summary>Rooms and their members in the database. Thread-safe.</summary>
internal sealed class RoomStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>What somebody is to a room; null if there is no such room or account, or the account was banned.</summary>
    public Task<Standing?> StandingAsync(string room, string account) => database.ReadAsync(session => session.FindAsync<Standing>(
        """
        SELECT a.id AS account_id, a.role AS site_role, a.is_guest, r.id AS room_id, r.kind, r.archived_at, m.role,
            b.account_id IS NOT NULL AS is_banned,
            CASE WHEN coalesce(a.muted_until, 0) > coalesce(s.muted_until, 0) THEN a.muted_until ELSE s.muted_until END AS muted_until
        FROM rooms r
        JOIN accounts a ON a.id = @account AND a.removed_at IS NULL AND a.banned_at IS NULL
        LEFT JOIN members m ON m.room_id = r.id AND m.account_id = a.id
        LEFT JOIN room_bans b ON b.room_id = r.id AND b.account_id = a.id
        LEFT JOIN room_mutes s ON s.room_id = r.id AND s.account_id = a.id
        WHERE r.id = @room
        """,
        new { room, account }));

    /// <summary>The room; null if there is none.</summary>
    public Task<RoomRow?> FindAsync(string room) => database.ReadAsync(session => FindAsync(session, room));

    /// <summary>The room with that unique key; null if there is none.</summary>
    public Task<RoomRow?> FindByKeyAsync(string key) => database.ReadAsync(session => session.FindAsync<RoomRow>(
        "SELECT * FROM rooms WHERE unique_key = @key", new { key }));

    /// <summary>Makes a room with its first members, of whom the first is its owner unless it is a direct one.</summary>
    /// <exception cref="ChatRefusal">There is a room of that name, or the limit, if one is given, does not allow it.</exception>
    public async Task<RoomRow> CreateAsync(
        string kind, string name, string topic, string? uniqueKey, string createdBy, IReadOnlyList<string> members, RoomLimit? limit = null)
    {
        var now = Now;
        var room = new RoomRow
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Kind = kind,
            Name = name,
            Topic = topic,
            UniqueKey = uniqueKey,
            CreatedBy = createdBy,
            CreatedAt = now,
        };
        ChatRefusal? refusal = null;
        await GuardAsync(async session =>
        {
            refusal = limit is null ? null : await limit(session);
            if (refusal is null)
            {
                await InsertAsync(session, room, members);
            }
        });
        return refusal is null ? room : throw refusal;
    }

    /// <summary>Changes name, topic and whether it is archived; null stays as it is, whatever others change at the same moment.</summary>
    /// <returns>The room before and after; null if there is none.</returns>
    /// <exception cref="ChatRefusal">There is a room of that name.</exception>
    public async Task<(RoomRow Before, RoomRow After)?> ChangeAsync(string room, string? name, string? topic, bool? isArchived)
    {
        (RoomRow Before, RoomRow After)? changed = null;
        await GuardAsync(async session => changed = await ChangeAsync(session, room, name, topic, isArchived));
        return changed;
    }

    /// <summary>A room that was private becomes what it is to be for everybody.</summary>
    /// <exception cref="ChatRefusal">There is a room of that name.</exception>
    public Task OpenAsync(RoomRow room) => GuardAsync(session => session.ExecuteAsync(
        "UPDATE rooms SET kind = @Kind, name = @Name, unique_key = @UniqueKey WHERE id = @Id", room));

    /// <summary>Removes the room and all that is known of it. Its files are nobody's then but their uploaders', until they are deleted.</summary>
    /// <returns>False if there was none any more.</returns>
    public static async Task<bool> DeleteAsync(DbSession session, string room)
    {
        foreach (var table in (string[])["messages", "reactions", "mentions", "members", "room_bans"])
        {
            await session.ExecuteAsync($"DELETE FROM {table} WHERE room_id = @room", new { room });
        }

        await session.ExecuteAsync("UPDATE uploads SET room_id = NULL WHERE room_id = @room", new { room });
        return await session.ExecuteAsync("DELETE FROM rooms WHERE id = @room", new { room }) > 0;
    }

    /// <summary>Public rooms by name, those after a room of that name; with how many are in them.</summary>
    public Task<List<ListedRoom>> DirectoryAsync(string? after, int limit) => database.ReadAsync(async session =>
    {
        var rooms = await session.QueryAsync<RoomRow>(
            """
            SELECT * FROM rooms WHERE kind = 'public' AND archived_at IS NULL AND (@after IS NULL OR unique_key > @after)
            ORDER BY unique_key LIMIT @limit
            """,
            new { after, limit });
        var counts = await MemberCountsAsync(session, rooms);
        return rooms.ConvertAll(room => new ListedRoom(room.Shape, counts.GetValueOrDefault(room.Id)));
    });

    /// <summary>How many are in each of these rooms.</summary>
    public static async Task<Dictionary<string, long>> MemberCountsAsync(DbSession session, IEnumerable<RoomRow> rooms)
    {
        var ids = rooms.Select(room => room.Id).ToArray();
        var counts = await session.QueryAsync<RoomCount>(
            $"SELECT room_id, count(*) AS count FROM members WHERE {session.Dialect.In("room_id", "@ids")} GROUP BY room_id", new { ids });
        return counts.ToDictionary(count => count.RoomId, count => count.Count, StringComparer.Ordinal);
    }

    /// <summary>The public room's key: names that differ in case or width only are the same.</summary>
    public static string PublicKeyOf(string name) => "public:" + ChatRules.KeyOf(name);

    /// <summary>The direct room's key, whoever of the two asks.</summary>
    public static string DirectKeyOf(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"direct:{one}:{other}" : $"direct:{other}:{one}";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<(RoomRow Before, RoomRow After)?> ChangeAsync(
        DbSession session, string room, string? name, string? topic, bool? isArchived)
    {
        if (await FindAsync(session, room) is not { } before)
        {
            return null;
        }

        await session.ExecuteAsync(
            """
            UPDATE rooms SET name = coalesce(@name, name), topic = coalesce(@topic, topic),
                unique_key = CASE WHEN kind = 'public' THEN coalesce(@key, unique_key) ELSE unique_key END,
                archived_at = CASE @archived WHEN 1 THEN coalesce(archived_at, @Now) WHEN 0 THEN NULL ELSE archived_at END
            WHERE id = @room
            """,
            new { room, name, topic, key = name is null ? null : PublicKeyOf(name), archived = isArchived is { } yes ? (yes ? 1L : 0) : (long?)null, Now });
        return (before, (await FindAsync(session, room))!);
    }

    private static async Task InsertAsync(DbSession session, RoomRow room, IReadOnlyList<string> members)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO rooms (id, kind, name, unique_key, topic, created_by, created_at, last_at)
            VALUES (@Id, @Kind, @Name, @UniqueKey, @Topic, @CreatedBy, @CreatedAt, @CreatedAt)
            """,
            room);
        await session.ExecuteAsync(
            "INSERT INTO members (room_id, account_id, role, joined_at) VALUES (@Room, @Account, @Role, @At)",
            members.Select((account, index) => new
            {
                Room = room.Id,
                Account = account,
                Role = index == 0 && room.Kind != RoomKind.Direct ? RoomRole.Owner : RoomRole.Member,
                At = room.CreatedAt,
            }));
    }

    private static Task<RoomRow?> FindAsync(DbSession session, string room) =>
        session.FindAsync<RoomRow>("SELECT * FROM rooms WHERE id = @room", new { room });

    private async Task GuardAsync(Func<DbSession, Task> work)
    {
        try
        {
            await database.WriteAsync(work);
        }
        catch (DbException exception) when (database.Dialect.IsConflict(exception))
        {
            throw new ChatRefusal(ChatRefusal.Conflict, "There is a public room of that name already.");
        }
    }

    private sealed record RoomCount
    {
        public required string RoomId { get; init; }

        public long Count { get; init; }
    }
}
