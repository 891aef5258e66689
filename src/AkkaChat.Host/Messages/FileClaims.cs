using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Uploaded files become part of a message: each belongs to one room for as long as messages carry it. Thread-safe.
/// </summary>
internal sealed class FileClaims(ChatDatabase database, MessageStore messages)
{
    /// <summary>How far the clocks of nodes may differ, in milliseconds.</summary>
    private const long ClockSkew = 3_600_000;

    /// <summary>Gives files to a room.</summary>
    /// <param name="account">Who has uploaded them.</param>
    /// <param name="room">The room.</param>
    /// <param name="ids">The files.</param>
    /// <returns>The files in that order; null if one is not there, somebody else's, or another room's.</returns>
    public Task<IReadOnlyList<FileShape>?> ClaimAsync(string account, string room, IReadOnlyList<string> ids) =>
        database.WriteAsync(async session =>
        {
            var rows = await session.QueryAsync<UploadRow>(
                $"""
                SELECT * FROM uploads WHERE {session.Dialect.In("id", "@ids")} AND account_id = @account
                    AND (room_id IS NULL OR room_id = @room)
                """,
                new { ids = ids.ToArray(), account, room });
            var byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
            if (!ids.All(byId.ContainsKey))
            {
                return null;
            }

            await session.ExecuteAsync(
                $"UPDATE uploads SET room_id = @room WHERE {session.Dialect.In("id", "@ids")}", new { room, ids = ids.ToArray() });
            return (IReadOnlyList<FileShape>?)[.. ids.Select(id => byId[id].Shape)];
        });

    /// <summary>
    /// Takes files back that were given to the room for a message, if it has others: a key that was used before stands for the
    /// message of then, and that one may be deleted by now.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="message">The message, by its id.</param>
    /// <param name="claimed">The files.</param>
    public async Task LetGoUnlessCarriedAsync(string room, long message, IReadOnlyList<FileShape>? claimed)
    {
        if (claimed is null)
        {
            return;
        }

        var carried = await messages.FindAsync(room, message);
        var left = claimed.ExceptBy(IdsOf(carried?.Files), file => file.Id).Select(file => file.Id).ToList();
        if (left.Count > 0)
        {
            await database.WriteAsync(session => LetGoAsync(session, room, left));
        }
    }

    /// <summary>A message carries them, as a row of the table has them: they are the room's, even if they had been let go meanwhile.</summary>
    public static async Task KeepAsync(DbSession session, string room, string author, string? files)
    {
        foreach (var id in IdsOf(files))
        {
            await session.ExecuteAsync(
                "UPDATE uploads SET room_id = @room WHERE id = @id AND account_id = @author AND room_id IS NULL", new { room, id, author });
        }
    }

    /// <summary>The same when the message carries them no more.</summary>
    public static Task LetGoAsync(DbSession session, string room, string? files) => LetGoAsync(session, room, IdsOf(files));

    /// <summary>
    /// From now on only who has uploaded them can read them, and the hourly work deletes them, unless another message carries
    /// them: that can only be one of the same person's, not much older than the file.
    /// </summary>
    private static async Task LetGoAsync(DbSession session, string room, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            await session.ExecuteAsync(
                """
                UPDATE uploads SET room_id = NULL WHERE id = @id AND room_id = @room AND NOT EXISTS (
                    SELECT 1 FROM messages m WHERE m.room_id = @room AND m.at > uploads.created_at - @ClockSkew
                        AND m.author_id = uploads.account_id AND m.files LIKE @carriesIt)
                """,
                new { id, room, ClockSkew, carriesIt = $"%\"id\":\"{id}\"%" });
        }
    }

    private static List<string> IdsOf(string? files) =>
        ChatJson.Read<List<FileShape>>(files)?.ConvertAll(file => file.Id) ?? [];

    private sealed record UploadRow
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string Type { get; init; }

        public long Size { get; init; }

        public long? Width { get; init; }

        public long? Height { get; init; }

        public FileShape Shape => new(Id, Name, Type, Size, Width, Height, $"/files/{Id}/{Uri.EscapeDataString(Name)}");
    }
}
