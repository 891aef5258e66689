using AkkaChat.Host.Storage;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Support;

/// <summary>The databases of two servers of one chat: each has its own connections and its own order of writes.</summary>
internal sealed class ChatDatabases : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akkachat-");

    private ChatDatabases(Func<string, ISqlDialect> dialect)
    {
        First = new ChatDatabase(dialect(_folder.FullName));
        Second = new ChatDatabase(dialect(_folder.FullName));
    }

    /// <summary>The kinds of databases, those of which there is one here.</summary>
    public static TheoryData<string> Kinds => PostgreSqlServer.IsInstalled ? new(Sqlite, PostgreSql) : new(Sqlite);

    public ChatDatabase First { get; }

    public ChatDatabase Second { get; }

    /// <summary>The file that both write, if they are of SQLite.</summary>
    public string File => Path.Combine(_folder.FullName, SqliteFile);

    public static string Sqlite => "SQLite";

    private static string SqliteFile => "chat.db";

    public static string PostgreSql => "PostgreSQL";

    public static async Task<ChatDatabases> OpenAsync(string kind, PostgreSqlServer server)
    {
        var connection = kind == PostgreSql ? await server.CreateDatabaseAsync() : "";
        var databases = new ChatDatabases(folder => kind == PostgreSql
            ? new PostgreSqlDialect(connection)
            : new SqliteDialect(Path.Combine(folder, SqliteFile)));
        await Task.WhenAll(databases.First.OpenAsync(), databases.Second.OpenAsync());
        return databases;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
