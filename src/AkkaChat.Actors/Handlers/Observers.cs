namespace AkkaChat.Handlers;

/// <summary>Callbacks that come and go. Reading costs nothing while there are none. Thread-safe.</summary>
internal sealed class Observers<T>
    where T : Delegate
{
    private readonly Lock _gate = new();
    private volatile T[] _all = [];

    /// <summary>Those there are now.</summary>
    public T[] All => _all;

    /// <summary>Adds one; disposing the result takes it out.</summary>
    public IDisposable Add(T observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (_gate)
        {
            _all = [.. _all, observer];
        }

        return new Subscription(this, observer);
    }

    private void Remove(T observer)
    {
        lock (_gate)
        {
            var rest = _all.ToList();
            rest.Remove(observer);
            _all = [.. rest];
        }
    }

    private sealed class Subscription(Observers<T> owner, T observer) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                owner.Remove(observer);
            }
        }
    }
}
