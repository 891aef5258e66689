using System.Buffers;
using System.Buffers.Binary;

namespace AkkaChat.Protocol;

/// <summary>Bytes that grow in a pooled array, which <see cref="Dispose"/> gives back. Keep it in one place.</summary>
internal ref struct PooledBuffer(int firstSize)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(firstSize);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public void Write(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a number of one, two, four or eight bytes, big endian.</summary>
    public void WriteBigEndian(ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        Write(all[^bytes..]);
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many of them were used.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public readonly byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Grow(int bytes)
    {
        var size = Math.Max(2L * _bytes.Length, (long)Length + bytes);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, size));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
