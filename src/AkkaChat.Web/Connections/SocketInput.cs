using System.Buffers;
using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>
/// What comes in on a connection that a WebSocket has taken over, straight from its socket. While a client is silent it
/// holds a small buffer, enough for a pong or a line of chat; one that sends much gets larger ones, until it sends less.
/// One reader at a time.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="received">What had come in before.</param>
/// <param name="handedOver">Completes when nobody else reads the socket any more.</param>
internal sealed class SocketInput(NetSocket socket, byte[] received, Task handedOver) : IDisposable
{
    private static readonly int[] Sizes = [256, 4 * 1024, 32 * 1024];

    private byte[]? _buffer;
    private int _size;
    private int _isReading;
    private ReadOnlySequence<byte> _unread = new(received);

    /// <summary>What has come and is not used yet. Whoever uses it leaves here what is left of it.</summary>
    public ref ReadOnlySequence<byte> Unread => ref _unread;

    /// <summary>Waits for more, which is added to what is unread. False: nothing will come any more.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way, or this is disposed of.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
        {
            throw new InvalidOperationException("The connection is being read already, or is closed.");
        }

        try
        {
            if (!handedOver.IsCompleted)
            {
                // Ends with the client's next word only, and it may never say one.
                await handedOver.WaitAsync(cancellationToken);
            }

            var room = MakeRoom();
            var count = await socket.ReceiveAsync(room, SocketFlags.None, cancellationToken);
            Take(room.Length, count);
            return count > 0;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    /// <summary>Gives the buffer back, unless a read that is under way may still write into it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 0 && _buffer is { } buffer)
        {
            _unread = default;
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Brings what is unread to the beginning of a buffer, and returns the rest of that.</summary>
    private Memory<byte> MakeRoom()
    {
        var kept = (int)_unread.Length;
        while (kept >= Sizes[_size])
        {
            _size++;
        }

        var old = _buffer;
        var buffer = old?.Length == Sizes[_size] ? old : ArrayPool<byte>.Shared.Rent(Sizes[_size]);
        _unread.CopyTo(buffer);
        if (old is not null && old != buffer)
        {
            ArrayPool<byte>.Shared.Return(old);
        }

        _buffer = buffer;
        _unread = new ReadOnlySequence<byte>(buffer, 0, kept);
        return buffer.AsMemory(kept);
    }

    private void Take(int room, int count)
    {
        _unread = new ReadOnlySequence<byte>(_buffer!, 0, (int)_unread.Length + count);
        if (count == room && _size + 1 < Sizes.Length)
        {
            _size++;
        }
        else if (_size > 0 && count < Sizes[_size - 1])
        {
            _size--;
        }
    }
}
