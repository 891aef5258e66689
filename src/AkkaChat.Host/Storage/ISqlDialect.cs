using System.Data.Common;

namespace AkkaChat.Host.Storage;

/// <summary>What differs between the databases that the chat can use; all other SQL is the same for both.</summary>
internal interface ISqlDialect
{
    /// <summary>A column that numbers its rows.</summary>
    string Identity { get; }

    /// <summary>The statements that make texts of messages searchable.</summary>
    string SearchSchema { get; }

    /// <summary>
    /// A condition on <c>messages m</c>: its text has all words of <c>@words</c>, which <see cref="SearchWords"/> has made.
    /// </summary>
    string SearchCondition { get; }

    /// <summary>What a query ends with whose rows no other transaction shall change, or ask for in the same way, before this one ends.</summary>
    string ForUpdate { get; }

    /// <summary>An open connection, which nobody else uses; it is given back, or disposed of if something has failed on it.</summary>
    Task<DbConnection> RentAsync();

    /// <summary>Takes it back.</summary>
    ValueTask ReturnAsync(DbConnection connection);

    /// <summary>A condition: the column's value is one of a list parameter.</summary>
    string In(string column, string parameter);

    /// <summary>Makes ready what tables need. Runs before any other statement.</summary>
    Task PrepareAsync(DbConnection connection);

    /// <summary>Waits for other transactions that have called this, on all servers, and keeps those that will until this one ends.</summary>
    Task LockAsync(DbSession session);

    /// <summary>Words as the condition wants them; each stands for all words that begin with it.</summary>
    string SearchWords(IReadOnlyList<string> words);

    /// <summary>Whether the failure says that another row has that unique value already.</summary>
    bool IsConflict(DbException exception);

    /// <summary>
    /// Whether the failure says that two transactions waited for each other and this one was given up: it can be tried again.
    /// </summary>
    bool IsDeadlock(DbException exception);

    /// <summary>Whether the database can't keep a value that it was given, and never will, however often it is tried.</summary>
    bool IsBadValue(DbException exception);
}
