using System.Buffers;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// Carries bytes between a client and the owner of its session, both ways, until either ends. What one side does not
/// take, the other is not asked for. Only the client must go on taking: while a write to it waits, nobody would notice
/// that the owner has given it up.
/// </summary>
/// <param name="client">To and from the client.</param>
/// <param name="owner">To and from the owner.</param>
/// <param name="patience">How long a write to the client may wait: after that long the owner has given it up.</param>
internal sealed class Tunnel(Stream client, Stream owner, TimeSpan patience)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>How long the owner may take to end after the client has, with what it still says going nowhere.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Carries bytes; true if the owner ended it in good order, false if it is to be broken off.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var toOwner = CopyAsync(client, owner, Timeout.InfiniteTimeSpan, stop.Token);
        var toClient = CopyAsync(owner, client, patience, stop.Token);
        var isClientFirst = await Task.WhenAny(toOwner, toClient) == toOwner;
        if (isClientFirst && await toOwner)
        {
            // The owner may still be reading what the client said last; the end of a stream cannot overtake it.
            stop.CancelAfter(Farewell);
            await toClient;
        }

        await stop.CancelAsync();
        await toOwner;
        return await toClient;
    }

    /// <summary>Copies until the end; false if either side breaks off.</summary>
    private static async Task<bool> CopyAsync(Stream from, Stream to, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            // Waiting takes no buffer: a read of nothing completes when something has come.
            do
            {
                _ = await from.ReadAsync(Memory<byte>.Empty, cancellationToken);
            }
            while (await CopyOnceAsync(from, to, patience, cancellationToken));
            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task<bool> CopyOnceAsync(Stream from, Stream to, TimeSpan patience, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var count = await from.ReadAsync(buffer, cancellationToken);
            if (count > 0)
            {
                using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                late.CancelAfter(patience);
                await to.WriteAsync(buffer.AsMemory(0, count), late.Token);
                await to.FlushAsync(late.Token);
            }

            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
