using AkkaChat.Stores.PostgreSql;
using AkkaChat.Stores.Sqlite;

namespace AkkaChat.Stores.Tests.Support;

/// <summary>Makes stores for a test: all that one source makes have the same data, if that outlives a store at all.</summary>
public abstract class StoreSource : IAsyncDisposable
{
    /// <summary>Whether a later store has what an earlier one was given.</summary>
    public virtual bool IsDurable => true;

    public abstract Task<IRoomLogStore> CreateAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class MemorySource : StoreSource
{
    public override bool IsDurable => false;

    public override Task<IRoomLogStore> CreateAsync() => Task.FromResult<IRoomLogStore>(new MemoryRoomLogStore());
}

public sealed class SqliteSource : StoreSource
{
    private readonly TemporaryFolder _folder = new();

    public string File => _folder.File("data/rooms.db");

    public override Task<IRoomLogStore> CreateAsync() => Task.FromResult<IRoomLogStore>(new SqliteRoomLogStore(File));

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }
}

public sealed class PostgreSqlSource(PostgreSqlServer server) : StoreSource
{
    private string? _database;

    public override async Task<IRoomLogStore> CreateAsync() =>
        new PostgreSqlRoomLogStore(_database ??= await server.CreateDatabaseAsync());
}
