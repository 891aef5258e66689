using System.Data.Common;
using System.Text;
using Npgsql;

namespace AkkaChat.Host.Storage;

/// <summary>A PostgreSQL database, which the nodes of a cluster share.</summary>
internal sealed class PostgreSqlDialect(string connectionString) : ISqlDialect, IAsyncDisposable
{
    /// <summary>Any number that only this program takes.</summary>
    private const long OneAtATime = 0x616B6B6163686174;

    /// <summary>Classes of SQLSTATE.</summary>
    private const string DataExceptions = "22";
    private const string LimitsExceeded = "54";

    private static readonly (string Accented, string Plain) Latin = LettersWithMarks();

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    /// <inheritdoc/>
    public string Identity => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    /// <inheritdoc/>
    public string SearchSchema =>
        $"""
        ALTER TABLE messages ADD COLUMN search tsvector GENERATED ALWAYS AS (
            to_tsvector('simple', translate(text, '{Latin.Accented}', '{Latin.Plain}'))) STORED;
        CREATE INDEX messages_by_words ON messages USING gin (search);
        """;

    /// <inheritdoc/>
    public string SearchCondition => "m.search @@ to_tsquery('simple', @words)";

    /// <inheritdoc/>
    public string ForUpdate => " FOR UPDATE";

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
    public string SearchWords(IReadOnlyList<string> words) => string.Join(" & ", words.Select(word => $"'{PlainOf(word)}':*"));

    /// <inheritdoc/>
    public bool IsConflict(DbException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <inheritdoc/>
    public bool IsDeadlock(DbException exception) => exception.SqlState == PostgresErrorCodes.DeadlockDetected;

    /// <inheritdoc/>
    public bool IsBadValue(DbException exception) => exception.SqlState is { } state
        && (state.StartsWith(DataExceptions, StringComparison.Ordinal) || state.StartsWith(LimitsExceeded, StringComparison.Ordinal)
            || state == PostgresErrorCodes.NotNullViolation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>
    /// Latin letters with marks, and the same without: to search, both are one. The extension that does more may not be installed.
    /// </summary>
    private static (string Accented, string Plain) LettersWithMarks()
    {
        var letters = Enumerable.Range(0xC0, 0x250 - 0xC0).Select(code => $"{(char)code}")
            .Where(letter => letter.Normalize(NormalizationForm.FormD) is [>= 'A' and <= 'z', ..] && letter != letter.Normalize(NormalizationForm.FormD))
            .ToList();
        return (string.Concat(letters), string.Concat(letters.Select(letter => letter.Normalize(NormalizationForm.FormD)[0])));
    }

    private static string PlainOf(string word) => string.Concat(word.Select(letter =>
        Latin.Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Latin.Plain[at] : letter));
}
