using System.Data;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Host.Storage;

/// <summary>
/// A connection to an SQLite file that stays open and keeps its statements compiled: to compile one takes SQLite about as long
/// as to run it. Not thread-safe.
/// </summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>More than the program has; texts with a list in them are one for each length.</summary>
    private const int StatementsKept = 100;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new Command(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndTransaction();
            foreach (var command in _prepared.Values)
            {
                command.Dispose();
            }

            _prepared.Clear();
        }

        base.Dispose(disposing);
    }

    private void EndTransaction()
    {
        try
        {
            Transaction?.Dispose();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when a commit fails. The connection could not be closed with it.
            Transaction = null;
        }
    }

    /// <summary>The kept command of that text, with these parameters; null if it is not kept.</summary>
    private SqliteCommand? Prepare(SqliteCommand asked)
    {
        if (!_prepared.TryGetValue(asked.CommandText, out var command))
        {
            if (_prepared.Count == StatementsKept)
            {
                return null;
            }

            _prepared[asked.CommandText] = command = new SqliteCommand(asked.CommandText, this);
        }

        command.Parameters.Clear();
        foreach (SqliteParameter parameter in asked.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        command.Transaction = asked.Transaction;
        command.CommandTimeout = asked.CommandTimeout;
        return command;
    }

    /// <summary>Runs as the kept command of the same text.</summary>
    private sealed class Command : SqliteCommand
    {
        private readonly PreparedConnection _connection;

        public Command(PreparedConnection connection) => Connection = _connection = connection;

        /// <inheritdoc/>
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) =>
            _connection.Prepare(this)?.ExecuteReader(behavior) ?? base.ExecuteReader(behavior);

        /// <inheritdoc/>
        public override int ExecuteNonQuery() => _connection.Prepare(this)?.ExecuteNonQuery() ?? base.ExecuteNonQuery();

        /// <inheritdoc/>
        public override object? ExecuteScalar() => _connection.Prepare(this) is { } prepared ? prepared.ExecuteScalar() : base.ExecuteScalar();
    }
}
