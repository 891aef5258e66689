using System.Threading.Channels;

namespace AkkaChat.Web.Tests.Support;

/// <summary>What handlers saw, in order, for a test to wait for.</summary>
internal sealed class Recorder<T>
{
    private readonly Channel<T> _seen = Channel.CreateUnbounded<T>();

    public void Add(T item) => _seen.Writer.TryWrite(item);

    public Task<T> NextAsync() => _seen.Reader.ReadAsync().AsTask().Soon();

    /// <summary>What has been seen and not been taken yet.</summary>
    public IReadOnlyList<T> TakeAll()
    {
        List<T> all = [];
        while (_seen.Reader.TryRead(out var item))
        {
            all.Add(item);
        }

        return all;
    }
}
