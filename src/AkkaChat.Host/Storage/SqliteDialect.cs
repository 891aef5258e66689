using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Host.Storage;

/// <summary>An SQLite file: the default, nothing to set up. Several processes of one machine may share it.</summary>
internal sealed class SqliteDialect : ISqlDialect, IAsyncDisposable
{
    private const int UniqueViolated = 2067;
    private const int PrimaryKeyViolated = 1555;
    private const int NotNullViolated = 1299;

    /// <summary>How many connections stay open while they are not used; each has a cache of pages.</summary>
    private const int IdleKept = 16;

    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private readonly string _connectionString;
    private bool _isDisposed;

    /// <param name="path">The file; it and its folder are made if they are not there.</param>
    public SqliteDialect(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Pooling = false,
            ForeignKeys = true,
        }.ToString();
    }

    /// <inheritdoc/>
    public string Identity => "INTEGER PRIMARY KEY AUTOINCREMENT";

    /// <inheritdoc/>
    public string SearchSchema =>
        """
        CREATE VIRTUAL TABLE message_search USING fts5(
            text, content = 'messages', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2');
        CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN
            INSERT INTO message_search (rowid, text) VALUES (new.row, new.text);
        END;
        CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
            INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.row, old.text);
        END;
        CREATE TRIGGER messages_changed AFTER UPDATE OF text ON messages BEGIN
            INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.row, old.text);
            INSERT INTO message_search (rowid, text) VALUES (new.row, new.text);
        END;
        """;

    /// <inheritdoc/>
    public string SearchCondition => "m.row IN (SELECT rowid FROM message_search WHERE message_search MATCH @words)";

    /// <inheritdoc/>
    public string ForUpdate => ""; // Its transactions exclude each other anyway.

    /// <inheritdoc/>
    public async Task<DbConnection> RentAsync()
    {
        if (_idle.TryTake(out var connection))
        {
            return connection;
        }

        connection = new PreparedConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(DbConnection connection)
    {
        if (Volatile.Read(ref _isDisposed) || _idle.Count >= IdleKept)
        {
            return connection.DisposeAsync();
        }

        _idle.Add((PreparedConnection)connection);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isDisposed, true);
        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public string In(string column, string parameter) => $"{column} IN {parameter}";

    /// <inheritdoc/>
    public async Task PrepareAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public Task LockAsync(DbSession session) => Task.CompletedTask; // Its transactions exclude each other anyway.

    /// <inheritdoc/>
    public string SearchWords(IReadOnlyList<string> words) => string.Join(' ', words.Select(word => $"\"{word}\"*"));

    /// <inheritdoc/>
    public bool IsConflict(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: UniqueViolated or PrimaryKeyViolated };

    /// <inheritdoc/>
    public bool IsDeadlock(DbException exception) => false; // Who may not write waits without holding anything.

    /// <inheritdoc/>
    public bool IsBadValue(DbException exception) => exception is SqliteException
    {
        SqliteExtendedErrorCode: NotNullViolated or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_MISMATCH,
    };
}
