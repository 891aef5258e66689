using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>
/// Logs in an SQLite file. What is acknowledged is on disk: it survives a crash of the process, and of the machine as far as its
/// disk keeps what it confirms (write-ahead log, <c>synchronous = FULL</c>). One server can use the file at a time.
/// </summary>
[SuppressMessage("Performance", "CA1849", Justification = "SQLite has no asynchronous calls; these run in threads of the pool.")]
[SuppressMessage("Usage", "MA0045", Justification = "As above.")]
public sealed class SqliteRoomLogStore : IRoomLogStore
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _path;
    private readonly string _connectionString;
    private FileStream? _lock;
    private SqliteWriter? _writer;
    private int _isDisposed;

    /// <param name="path">The file; it and its folder are made by <see cref="OpenAsync"/>.</param>
    public SqliteRoomLogStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = true }.ToString();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Another process uses the file.</exception>
    /// <exception cref="InvalidOperationException">A later version of this library has written the file.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => WriteAsync(
        () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            TakeLock();
            try
            {
                SQLitePCL.Batteries_V2.Init();
                return InTransaction(SqliteSchema.Prepare);
            }
            catch (Exception)
            {
                // A node of a cluster tries again.
                Close();
                throw;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken) =>
        WriteAsync(() => InTransaction(connection => new SqliteAppend(connection).Run(group)), cancellationToken);

    /// <inheritdoc/>
    public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();

            // So that the top and the messages are of one moment.
            using var transaction = connection.BeginTransaction(deferred: true);
            return SqliteRead.Slice(connection, log, range);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(
        RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(() => InTransaction(connection => SqliteAppend.Replace(connection, log, position, content)), cancellationToken);

    /// <inheritdoc/>
    public Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(() => InTransaction(connection => SqliteTrim.Reset(connection, log, now)), cancellationToken);

    /// <inheritdoc/>
    public async Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // In portions: messages are stored in between.
        while (await WriteAsync(() => InTransaction(connection => SqliteTrim.RemoveSomeExpired(connection, now)), cancellationToken))
        {
        }

        await WriteAsync(() => InTransaction(connection => SqliteTrim.Forget(connection, now)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _writing.WaitAsync();
            try
            {
                Close();
            }
            finally
            {
                _writing.Dispose();
            }
        }
    }

    private void Close()
    {
        try
        {
            CloseWriter();
            using var connection = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(connection);
        }
        finally
        {
            // Whatever happens: another node waits for it.
            _lock?.Dispose();
            _lock = null;
        }
    }

    private void CloseWriter()
    {
        var writer = _writer;
        _writer = null;
        writer?.Dispose();
    }

    /// <summary>SQLite would let a second server in, and each would think that the order is its own.</summary>
    private void TakeLock()
    {
        try
        {
            _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"The room logs in {_path} are in use by another process, or their folder cannot be written.", exception);
        }
    }

    /// <summary>
    /// One writer at a time. A call that is cancelled while it waits does nothing; one that has begun goes on to its end.
    /// </summary>
    private async Task<T> WriteAsync<T>(Func<T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(write, CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>After a failure, such as of a full disk, the next call has another connection: nothing is left of this one.</summary>
    private T InTransaction<T>(Func<SqliteConnection, T> write)
    {
        if (_lock is null)
        {
            throw new InvalidOperationException("The store has not been opened.");
        }

        try
        {
            _writer ??= new SqliteWriter(_path);
            return _writer.InTransaction(write);
        }
        catch (Exception)
        {
            CloseWriter();
            throw;
        }
    }
}
