using System.Data;
using System.Data.Common;
using System.Threading.Channels;

namespace AkkaChat.Host.Storage;

/// <summary>
/// The chat's own data: accounts, rooms, and messages as they are now. Reads run beside each other. Writes that wait at the same
/// moment are one transaction, so that many cost the disk little more than one. Thread-safe.
/// </summary>
internal sealed class ChatDatabase(ISqlDialect dialect) : IAsyncDisposable
{
    private const int GroupSize = 500;
    private const int WritesWaiting = 10_000;

    /// <summary>How often a write is tried whose transaction was given up for another one's sake.</summary>
    private const int MostAttempts = 5;

    private readonly Channel<Write> _waiting = Channel.CreateBounded<Write>(
        new BoundedChannelOptions(WritesWaiting) { SingleReader = true });

    private Task _writing = Task.CompletedTask;

    /// <summary>What differs from database to database.</summary>
    public ISqlDialect Dialect => dialect;

    /// <summary>Makes or migrates the tables. Before all else.</summary>
    public async Task OpenAsync()
    {
        await OnConnectionAsync(async connection =>
        {
            await dialect.PrepareAsync(connection);
            return true;
        });
        await InTransactionAsync(ChatSchema.MigrateAsync);
        _writing = Task.Run(WriteGroupsAsync);
    }

    /// <summary>Asks the database; sees all writes that have completed.</summary>
    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query) =>
        OnConnectionAsync(connection => query(new DbSession(dialect, connection, null)));

    /// <summary>
    /// Changes the database, all or nothing; completes when it is stored. The work may run more than once, each time as if
    /// it had not before: it must do nothing else than ask and change the database.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work)
    {
        var write = new Write<T>(work);
        await _waiting.Writer.WriteAsync(write);
        return await write.Task;
    }

    /// <summary>The same, without a result.</summary>
    public Task WriteAsync(Func<DbSession, Task> work) => WriteAsync(async session =>
    {
        await work(session);
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        if (dialect is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<Write>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupSize && _waiting.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<Write> group, int attempt = 1)
    {
        try
        {
            await InTransactionAsync(async session =>
            {
                foreach (var write in group)
                {
                    await write.RunAsync(session);
                }
            });
            group.ForEach(write => write.Succeed());
        }
        catch (Exception exception) when (group.Count == 1 && (attempt == MostAttempts || !IsDeadlock(exception)))
        {
            group[0].Fail(exception);
        }
        catch (Exception)
        {
            // One of them fails, and shall not take the others with it; or what they have locked and another server's were the same rows.
            foreach (var write in group)
            {
                await WriteAsync([write], attempt + 1);
            }
        }
    }

    private bool IsDeadlock(Exception exception) => exception is DbException refused && dialect.IsDeadlock(refused);

    private Task InTransactionAsync(Func<DbSession, Task> work) => OnConnectionAsync(async connection =>
    {
        // If something fails it ends with its connection: to end it first may fail too, and hide why.
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await work(new DbSession(dialect, connection, transaction));
        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        return true;
    });

    private async Task<T> OnConnectionAsync<T>(Func<DbConnection, Task<T>> work)
    {
        var connection = await dialect.RentAsync();
        T result;
        try
        {
            result = await work(connection);
        }
        catch (Exception)
        {
            // Not used again: who knows what is left open on it.
            await connection.DisposeAsync();
            throw;
        }

        await dialect.ReturnAsync(connection);
        return result;
    }

    private abstract class Write
    {
        public abstract Task RunAsync(DbSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<DbSession, Task<T>> work) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override async Task RunAsync(DbSession session) => _result = await work(session);

        public override void Succeed() => _done.TrySetResult(_result);

        public override void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
