using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Host.Storage;

/// <summary>An SQLite file: the default, nothing to set up. Several processes of one machine may share it.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    private const int UniqueViolated = 2067;
    private const int PrimaryKeyViolated = 1555;

    private readonly string _connectionString;

    /// <param name="path">The file; it and its folder are made if they are not there.</param>
    public SqliteDialect(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Pooling = true }.ToString();
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
    public DbConnection Connect() => new SqliteConnection(_connectionString);

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
}
