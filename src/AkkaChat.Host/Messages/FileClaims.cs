using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>Uploaded files become part of a message: each belongs to one room from then on. Thread-safe.</summary>
internal sealed class FileClaims(ChatDatabase database)
{
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
