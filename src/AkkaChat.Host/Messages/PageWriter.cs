using System.Data.Common;
using System.Text.Json;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Brings a page of a room's log into the tables, all or nothing. An entry that the database can't keep for what it says is left
/// out alone: it would be refused for ever, and must not hold up those behind it. Thread-safe.
/// </summary>
internal sealed class PageWriter(ChatDatabase database, LogRedactor redactor, ILogger logger)
{
    /// <summary>Writes it, and that all up to its last entry is in the tables.</summary>
    public async Task WriteAsync(string room, IReadOnlyList<LogEntry> entries, LogPosition last)
    {
        var changes = new List<(long Offset, Change Change)>();
        foreach (var entry in entries.Where(entry => entry.EventName == RoomChanges.EventName))
        {
            if (Read(room, entry) is { } change)
            {
                changes.Add((entry.Offset, change));
            }
        }

        try
        {
            await database.WriteAsync(async session =>
            {
                foreach (var (offset, change) in changes)
                {
                    await ChangeWriter.WriteAsync(session, room, offset, change);
                }

                await AdvanceAsync(session, room, last);
            });
        }
        catch (DbException exception) when (database.Dialect.IsBadValue(exception))
        {
            await WriteSoundAsync(room, changes, last);
        }

        if (changes.Exists(entry => LogRedactor.Concerns(entry.Change)))
        {
            redactor.Wake(room);
        }
    }

    /// <summary>The change; null if it is none, as when another program has written into the log.</summary>
    private Change? Read(string room, LogEntry entry)
    {
        try
        {
            if (RoomChanges.Read(entry) is { } change)
            {
                return change;
            }

            MessagesLog.LeftOut(logger, null, entry.Offset, room);
        }
        catch (JsonException exception)
        {
            MessagesLog.LeftOut(logger, exception, entry.Offset, room);
        }

        return null;
    }

    private async Task WriteSoundAsync(string room, IReadOnlyList<(long Offset, Change Change)> changes, LogPosition last)
    {
        var leftOut = new List<(long Offset, DbException Reason)>();
        await database.WriteAsync(async session =>
        {
            leftOut.Clear(); // It may run more than once.
            foreach (var (offset, change) in changes)
            {
                if (await RefusalAsync(session, room, offset, change) is { } reason)
                {
                    leftOut.Add((offset, reason));
                }
            }

            await AdvanceAsync(session, room, last);
        });
        foreach (var (offset, reason) in leftOut)
        {
            MessagesLog.LeftOut(logger, reason, offset, room);
        }
    }

    /// <summary>Writes one change; if the database can't keep it, nothing of it, and the reason.</summary>
    private static async Task<DbException?> RefusalAsync(DbSession session, string room, long offset, Change change)
    {
        await session.ExecuteAsync("SAVEPOINT entry");
        DbException? refusal = null;
        try
        {
            await ChangeWriter.WriteAsync(session, room, offset, change);
        }
        catch (DbException exception) when (session.Dialect.IsBadValue(exception))
        {
            refusal = exception;
            await session.ExecuteAsync("ROLLBACK TO SAVEPOINT entry");
        }

        await session.ExecuteAsync("RELEASE SAVEPOINT entry");
        return refusal;
    }

    private static Task<int> AdvanceAsync(DbSession session, string room, LogPosition last) => session.ExecuteAsync(
        "UPDATE rooms SET log_epoch = @Epoch, log_offset = @Offset WHERE id = @room AND log_offset < @Offset",
        new { last.Epoch, last.Offset, room });
}
