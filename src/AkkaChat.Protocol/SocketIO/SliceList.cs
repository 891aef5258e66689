using System.Buffers;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Collects slices of one buffer: the first in the caller's stack space, more in a pooled array, which
/// <see cref="Dispose"/> gives back.
/// </summary>
internal ref struct SliceList(Span<(int Start, int Length)> space)
{
    private Span<(int Start, int Length)> _slices = space;
    private (int Start, int Length)[]? _pooled;
    private int _count;

    public void Add(int start, int end)
    {
        if (_count == _slices.Length)
        {
            Grow();
        }

        _slices[_count++] = (start, end - start);
    }

    public readonly ReadOnlyMemory<byte>[] ToArray(ReadOnlyMemory<byte> buffer)
    {
        if (_count == 0)
        {
            return [];
        }

        var array = new ReadOnlyMemory<byte>[_count];
        for (var i = 0; i < array.Length; i++)
        {
            array[i] = buffer.Slice(_slices[i].Start, _slices[i].Length);
        }

        return array;
    }

    public void Dispose()
    {
        if (_pooled is not null)
        {
            ArrayPool<(int, int)>.Shared.Return(_pooled);
            _pooled = null;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<(int, int)>.Shared.Rent(2 * _slices.Length);
        _slices.CopyTo(larger);
        Dispose();
        _pooled = larger;
        _slices = larger;
    }
}
