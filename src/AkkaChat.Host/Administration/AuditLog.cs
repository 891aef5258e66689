using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Administration;

/// <summary>Who did what to whom, for those who must answer for the site. Entries are added, never changed. Thread-safe.</summary>
internal sealed class AuditLog(ChatDatabase database, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>How many entries are lately.</summary>
    private const int Newest = 1000;

    /// <summary>Adds an entry, in the transaction of what it tells of.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="actorId">Whose doing it was; null: the server's own.</param>
    /// <param name="action">What was done, as <c>person.banned</c> or <c>room.deleted</c>.</param>
    /// <param name="roomId">The room it was done in, or to.</param>
    /// <param name="targetId">The account it was done to.</param>
    /// <param name="details">What else one will want to know, in words.</param>
    public Task WriteAsync(
        DbSession session, string? actorId, string action, string? roomId = null, string? targetId = null, string? details = null) =>
        session.ExecuteAsync(
            """
            INSERT INTO audit (at, actor_id, action, room_id, target_id, details)
            VALUES (@at, @actorId, @action, @roomId, @targetId, @details)
            """,
            new { at = time.GetUtcNow().ToUnixTimeMilliseconds(), actorId, action, roomId, targetId, details = TypedText.Storable(details) });

    /// <summary>A page of entries, the newest first, with names as they are now.</summary>
    /// <param name="before">Only entries before this one, the last of the page before; null: from the newest.</param>
    public Task<List<AuditEntry>> ReadAsync(long? before) => database.ReadAsync(session => session.QueryAsync<AuditEntry>(
        """
        SELECT a.id, a.at, a.actor_id, a.action, coalesce(r.name, a.room_id) AS room,
            coalesce(t.name, a.target_id) AS target, a.details
        FROM audit a
        LEFT JOIN rooms r ON r.id = a.room_id AND r.name <> ''
        LEFT JOIN accounts t ON t.id = a.target_id
        WHERE a.id < @before
        ORDER BY a.id DESC LIMIT @PageSize
        """,
        new { before = before ?? long.MaxValue, PageSize }));

    /// <summary>Whether that is among the newest entries.</summary>
    /// <param name="actorId">Whose doing it was.</param>
    /// <param name="action">What was done.</param>
    /// <param name="roomId">The room it was done in, or to.</param>
    public Task<bool> HasLatelyAsync(string actorId, string action, string roomId) => database.ReadAsync(async session =>
        await session.FindAsync<long?>(
            """
            SELECT id FROM audit WHERE id > (SELECT max(id) FROM audit) - @Newest AND room_id = @roomId AND action = @action AND actor_id = @actorId
            LIMIT 1
            """,
            new { actorId, action, roomId, Newest }) is not null);
}
