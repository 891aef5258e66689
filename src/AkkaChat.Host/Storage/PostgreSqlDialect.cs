using System.Data.Common;
using Npgsql;

namespace AkkaChat.Host.Storage;

/// <summary>A PostgreSQL database, which the nodes of a cluster share.</summary>
internal sealed class PostgreSqlDialect(string connectionString) : ISqlDialect, IAsyncDisposable
{
    /// <summary>Any number that only this program takes.</summary>
    private const long OneAtATime = 0x616B6B6163686174;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    /// <inheritdoc/>
    public string Identity => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    /// <inheritdoc/>
    public string SearchSchema =>
        """
        ALTER TABLE messages ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED;
        CREATE INDEX messages_by_words ON messages USING gin (search);
        """;

    /// <inheritdoc/>
    public string SearchCondition => "m.search @@ to_tsquery('simple', @words)";

    /// <inheritdoc/>
    public async Task<DbConnection> RentAsync() => await _source.OpenConnectionAsync();

    /// <inheritdoc/>
    public ValueTask ReturnAsync(DbConnection connection) => connection.DisposeAsync();

    /// <inheritdoc/>
    public string In(string column, string parameter) => $"{column} = ANY({parameter})";

    /// <inheritdoc/>
    public Task PrepareAsync(DbConnection connection) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task LockAsync(DbSession session) =>
        session.QueryAsync<object>("SELECT pg_advisory_xact_lock(@OneAtATime)", new { OneAtATime });

    /// <inheritdoc/>
    public string SearchWords(IReadOnlyList<string> words) => string.Join(" & ", words.Select(word => $"'{word}':*"));

    /// <inheritdoc/>
    public bool IsConflict(DbException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
