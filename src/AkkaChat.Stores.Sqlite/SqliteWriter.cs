using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>
/// The connection that writes. Transactions are plain statements: when a commit fails SQLite has rolled back by itself, which
/// <see cref="SqliteTransaction"/> does not notice, and then neither it nor its connection can be ended. Not thread-safe.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;

    public SqliteWriter(string path)
    {
        // Not of the pool, so that it ends when it is closed, with whatever is open on it.
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            _connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        }
        catch (Exception)
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Does something within one transaction. If it fails, the writer must be disposed of, which rolls back.</summary>
    public T InTransaction<T>(Func<SqliteConnection, T> write)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        var result = write(_connection);
        _connection.Execute("COMMIT");
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
