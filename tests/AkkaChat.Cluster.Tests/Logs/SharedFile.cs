using AkkaChat.Stores;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>Logs that the stores of several nodes share as if they were one file: one of them can have it open at a time.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A store in memory holds nothing.")]
internal sealed class SharedFile
{
    private readonly MemoryRoomLogStore _logs = new();
    private Store? _holder;
    private int _opened;

    /// <summary>How often it was opened.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public Store StoreOfNode() => new(this);

    /// <summary>Stores a message that no node knows of: as one that was stored just before its node was lost.</summary>
    public Task StoreUnsentAsync(RoomLogKey log, string content) => _logs.AppendAsync(
        [new LogAppend(log, System.Text.Encoding.UTF8.GetBytes(content), null, TimeProvider.System.GetUtcNow(), new RoomLogLimits(1000, TimeSpan.FromDays(1)))],
        CancellationToken.None);

    /// <summary>A node's way to the file.</summary>
    internal sealed class Store(SharedFile file) : IRoomLogStore, IServiceProvider
    {
        private volatile bool _isDead;

        public bool IsOpen => file._holder == this;

        /// <summary>The process ends without a word: what is under way may be stored, and nothing after it.</summary>
        public void Die()
        {
            _isDead = true;
            Interlocked.CompareExchange(ref file._holder, null, this);
        }

        public object? GetService(Type serviceType) => serviceType == typeof(IRoomLogStore) ? this : null;

        public Task OpenAsync(CancellationToken cancellationToken)
        {
            if (_isDead || Interlocked.CompareExchange(ref file._holder, this, null) is not null)
            {
                throw new IOException("Another process has it open.");
            }

            Interlocked.Increment(ref file._opened);
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken)
        {
            Check();
            await Task.Yield();
            return await file._logs.AppendAsync(group, cancellationToken);
        }

        public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken)
        {
            Check();
            return file._logs.ReadAsync(log, range, cancellationToken);
        }

        public Task<bool> ReplaceAsync(
            RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            Check();
            return file._logs.ReplaceAsync(log, position, content, cancellationToken);
        }

        public Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken)
        {
            Check();
            return file._logs.ResetAsync(log, now, cancellationToken);
        }

        public Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            Check();
            return file._logs.TrimAsync(now, cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            Die();
            return ValueTask.CompletedTask;
        }

        private void Check()
        {
            if (!IsOpen)
            {
                throw new IOException("It is not open.");
            }
        }
    }
}
