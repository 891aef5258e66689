using System.Data.Common;
using Dapper;

namespace AkkaChat.Host.Storage;

/// <summary>
/// A connection, and the transaction on it if there is one: statements with named parameters (<c>@name</c>), results by the
/// names of columns. Not thread-safe.
/// </summary>
internal sealed class DbSession(ISqlDialect dialect, DbConnection connection, DbTransaction? transaction)
{
    static DbSession() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>What differs from database to database.</summary>
    public ISqlDialect Dialect => dialect;

    /// <summary>All rows.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(sql, parameters, transaction)).AsList();

    /// <summary>The row, or the type's default if there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(sql, parameters, transaction);

    /// <summary>The number of rows that were changed. With a list of parameters the statement runs for each.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        connection.ExecuteAsync(sql, parameters, transaction);
}
