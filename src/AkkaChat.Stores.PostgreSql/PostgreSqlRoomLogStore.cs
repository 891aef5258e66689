using System.Data;
using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>
/// Logs in a PostgreSQL database. What is acknowledged is committed. One server writes at a time, the one that opened the store
/// last: all that an earlier one would still write fails, so two can never mix their orders.
/// </summary>
public sealed class PostgreSqlRoomLogStore : IRoomLogStore
{
    private readonly NpgsqlDataSource _database;
    private readonly string _writer = LogEpoch.New();

    /// <param name="connectionString">The database, which must be there; its tables are made by <see cref="OpenAsync"/>.</param>
    public PostgreSqlRoomLogStore(string connectionString) => _database = NpgsqlDataSource.Create(connectionString);

    /// <inheritdoc/>
    /// <exception cref="NpgsqlException">The database does not answer, or does not let the user make tables.</exception>
    /// <exception cref="InvalidOperationException">A later version of this library has written the tables.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => InTransactionAsync(
        IsolationLevel.ReadCommitted,
        async transaction =>
        {
            await PostgreSqlSchema.PrepareAsync(transaction, cancellationToken);
            return await transaction.ExecuteAsync("UPDATE room_log_store SET writer = $1", [_writer], cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken) =>
        WriteAsync(transaction => new PostgreSqlAppend(transaction, group).RunAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken) => InTransactionAsync(
        // So that the top and the messages are of one moment.
        IsolationLevel.RepeatableRead,
        transaction => PostgreSqlRead.SliceAsync(transaction, log, range, cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(
        RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(transaction => PostgreSqlAppend.ReplaceAsync(transaction, log, position, content, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(transaction => PostgreSqlTrim.ResetAsync(transaction, log, now, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // In portions: messages are stored in between.
        while (await WriteAsync(
            transaction => PostgreSqlTrim.RemoveSomeExpiredAsync(transaction, now, cancellationToken), cancellationToken))
        {
        }

        await WriteAsync(transaction => PostgreSqlTrim.ForgetAsync(transaction, now, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>
    /// One write at a time, as the row of the store is locked; and only while this is the server that opened the store last.
    /// </summary>
    private Task<T> WriteAsync<T>(Func<NpgsqlTransaction, Task<T>> write, CancellationToken cancellationToken) => InTransactionAsync(
        IsolationLevel.ReadCommitted,
        async transaction =>
        {
            var writer = await transaction.ScalarAsync("SELECT writer FROM room_log_store FOR UPDATE", [], cancellationToken);
            return _writer.Equals(writer as string, StringComparison.Ordinal) ? await write(transaction) : throw new InvalidOperationException(
                "Another server has opened these room logs since, and writes them now. Only one can: stop one of the two.");
        },
        cancellationToken);

    private async Task<T> InTransactionAsync<T>(
        IsolationLevel isolation, Func<NpgsqlTransaction, Task<T>> run, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
        var result = await run(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
