using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Uploads;

/// <summary>The uploads in the database. Thread-safe.</summary>
internal sealed class UploadStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>Small files count as this much: what they cost is not their bytes.</summary>
    private const long SmallestCounted = 64 << 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private long DayAgo => (time.GetUtcNow() - Day).ToUnixTimeMilliseconds();

    /// <summary>What somebody has uploaded within the last 24 hours, in bytes.</summary>
    public Task<long> TodayAsync(string accountId) => database.ReadAsync(session => TodayAsync(session, accountId));

    /// <summary>Adds it, unless the person has more than that within 24 hours then.</summary>
    /// <returns>False if so.</returns>
    public Task<bool> TryAddAsync(Upload upload, long bytesPerDay) => database.WriteAsync(async session =>
    {
        if (await TodayAsync(session, upload.AccountId) + upload.Size > bytesPerDay)
        {
            return false;
        }

        await session.ExecuteAsync(
            """
            INSERT INTO uploads (id, account_id, name, type, size, width, height, created_at)
            VALUES (@Id, @AccountId, @Name, @Type, @Size, @Width, @Height, @CreatedAt)
            """,
            upload);
        return true;
    });

    /// <summary>The upload, if that person may read it: who has uploaded it, and members of its room.</summary>
    public Task<Upload?> FindReadableAsync(string id, string accountId) => database.ReadAsync(session => session.FindAsync<Upload>(
        """
        SELECT u.* FROM uploads u
        WHERE u.id = @id AND (u.account_id = @accountId
            OR EXISTS (SELECT 1 FROM members m WHERE m.room_id = u.room_id AND m.account_id = @accountId))
        """,
        new { id, accountId }));

    /// <summary>Forgets uploads of more than a day ago that no message carries.</summary>
    /// <returns>Their ids.</returns>
    public Task<List<string>> DeleteForgottenAsync() => database.WriteAsync(async session =>
    {
        var ids = await session.QueryAsync<string>(
            "SELECT id FROM uploads WHERE room_id IS NULL AND created_at < @DayAgo", new { DayAgo });
        await session.ExecuteAsync(
            $"DELETE FROM uploads WHERE room_id IS NULL AND {database.Dialect.In("id", "@ids")}", new { ids = ids.ToArray() });
        return ids;
    });

    private async Task<long> TodayAsync(DbSession session, string accountId) => await session.FindAsync<long?>(
        """
        SELECT CAST(sum(CASE WHEN size < @SmallestCounted THEN @SmallestCounted ELSE size END) AS BIGINT) FROM uploads
        WHERE account_id = @accountId AND created_at > @DayAgo
        """,
        new { accountId, DayAgo, SmallestCounted }) ?? 0;
}
