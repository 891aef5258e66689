using System.Globalization;

namespace AkkaChat.Host.Storage;

/// <summary>The tables, and how each version of them becomes the next. Times are milliseconds since 1970, UTC.</summary>
internal static class ChatSchema
{
    /// <summary>Makes the tables, or brings those of an earlier version to this one.</summary>
    /// <exception cref="ChatDataException">A later version of the program has written them.</exception>
    public static async Task MigrateAsync(DbSession session)
    {
        await session.Dialect.LockAsync(session);
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS chat_schema (version BIGINT NOT NULL)");
        var version = await session.FindAsync<long?>("SELECT max(version) FROM chat_schema") ?? 0;
        var migrations = Migrations(session.Dialect);
        if (version > migrations.Length)
        {
            throw new ChatDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The chat's data has schema version {version}; this program knows them up to {migrations.Length}. Use a newer one."));
        }

        foreach (var migration in migrations.Skip((int)version))
        {
            await session.ExecuteAsync(migration);
        }

        await session.ExecuteAsync("DELETE FROM chat_schema");
        await session.ExecuteAsync("INSERT INTO chat_schema VALUES (@version)", new { version = migrations.LongLength });
    }

    /// <summary>What is released never changes; changes are added.</summary>
    private static string[] Migrations(ISqlDialect dialect) => [People(dialect) + Rooms(dialect) + dialect.SearchSchema, RoomMutes, Redactions];

    /// <summary>Version 2. A mute was part of the membership before, and who left and came back was rid of it.</summary>
    private const string RoomMutes =
        """
        CREATE TABLE room_mutes (
            room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            account_id TEXT NOT NULL,
            muted_until BIGINT NOT NULL,
            PRIMARY KEY (room_id, account_id));
        INSERT INTO room_mutes (room_id, account_id, muted_until)
            SELECT m.room_id, m.account_id, m.muted_until FROM members m JOIN rooms r ON r.id = m.room_id WHERE m.muted_until IS NOT NULL;
        ALTER TABLE members DROP COLUMN muted_until;
        """;

    /// <summary>
    /// Version 3. Where else in its room's log the words of a message are (in edits of it, in answers that quote it), and what
    /// is to be taken out of the logs since the message was deleted.
    /// </summary>
    private const string Redactions =
        """
        CREATE TABLE message_traces (
            room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            message_id BIGINT NOT NULL,
            log_offset BIGINT NOT NULL,
            PRIMARY KEY (room_id, message_id, log_offset));
        CREATE TABLE redactions (
            room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
            log_offset BIGINT NOT NULL,
            message_id BIGINT NOT NULL,
            PRIMARY KEY (room_id, log_offset, message_id));
        """;

    private static string People(ISqlDialect dialect) =>
        $"""
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            password_hash TEXT,
            role TEXT NOT NULL,
            is_guest BIGINT NOT NULL DEFAULT 0,
            is_greeted BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL,
            last_seen_at BIGINT,
            removed_at BIGINT,
            banned_at BIGINT,
            muted_until BIGINT,
            failed_logins BIGINT NOT NULL DEFAULT 0,
            locked_until BIGINT);

        CREATE TABLE logins (
            id TEXT PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            account_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            label TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            last_used_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL);
        CREATE INDEX logins_by_account ON logins (account_id);

        CREATE TABLE uploads (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL,
            room_id TEXT,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            size BIGINT NOT NULL,
            width BIGINT,
            height BIGINT,
            created_at BIGINT NOT NULL);
        CREATE INDEX uploads_by_account ON uploads (account_id, created_at);

        CREATE TABLE audit (
            id {dialect.Identity},
            at BIGINT NOT NULL,
            actor_id TEXT,
            action TEXT NOT NULL,
            room_id TEXT,
            target_id TEXT,
            details TEXT);

        """;

    private static string Rooms(ISqlDialect dialect) =>
        $"""
        CREATE TABLE rooms (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            unique_key TEXT UNIQUE,
            topic TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            archived_at BIGINT,
            last_at BIGINT,
            log_epoch TEXT,
            log_base BIGINT NOT NULL DEFAULT 0,
            log_offset BIGINT NOT NULL DEFAULT 0);

        CREATE TABLE members (
            room_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            role TEXT NOT NULL,
            joined_at BIGINT NOT NULL,
            read_to BIGINT NOT NULL DEFAULT 0,
            muted_until BIGINT,
            PRIMARY KEY (room_id, account_id));
        CREATE INDEX members_by_account ON members (account_id);

        CREATE TABLE room_bans (
            room_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            by_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (room_id, account_id));

        CREATE TABLE messages (
            row {dialect.Identity},
            room_id TEXT NOT NULL,
            id BIGINT NOT NULL,
            author_id TEXT NOT NULL,
            at BIGINT NOT NULL,
            text TEXT NOT NULL,
            version BIGINT NOT NULL,
            message_key TEXT,
            reply_to BIGINT,
            files TEXT,
            mentions TEXT,
            notice TEXT,
            edited_at BIGINT,
            deleted_at BIGINT,
            deleted_by TEXT,
            UNIQUE (room_id, id));
        CREATE INDEX messages_by_time ON messages (room_id, at);

        CREATE TABLE reactions (
            room_id TEXT NOT NULL,
            message_id BIGINT NOT NULL,
            emoji TEXT NOT NULL,
            account_id TEXT NOT NULL,
            version BIGINT NOT NULL,
            is_on BIGINT NOT NULL,
            PRIMARY KEY (room_id, message_id, emoji, account_id));

        CREATE TABLE mentions (
            room_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            message_id BIGINT NOT NULL,
            PRIMARY KEY (room_id, account_id, message_id));

        """;
}
