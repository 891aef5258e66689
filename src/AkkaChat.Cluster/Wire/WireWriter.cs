using System.Buffers.Binary;
using System.Text;

namespace AkkaChat.Wire;

/// <summary>
/// Writes the fields of wire messages. Whatever may grow in a later version is a record: its length goes first, so that
/// a reader that knows fewer fields finds the next thing all the same. Not thread-safe.
/// </summary>
internal sealed class WireWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];
    private int _length;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number that is not negative, seven bits to a byte, the lowest first.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>
    /// Any string whatever: as UTF-8, or as UTF-16 where half a surrogate pair makes UTF-8 impossible. Two rooms whose
    /// names differ must never become one.
    /// </summary>
    public void Text(string value)
    {
        var isPlain = WireText.HasUtf8(value);
        var encoding = isPlain ? Encoding.UTF8 : Encoding.Unicode;
        Number(((long)encoding.GetByteCount(value) << 1) | (isPlain ? 0L : 1L));
        if (isPlain)
        {
            encoding.GetBytes(value, Take(encoding.GetByteCount(value)));
            return;
        }

        foreach (var unit in value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(char)), unit);
        }
    }

    /// <summary>Bytes as they are, after their number.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Raw(value);
    }

    /// <summary>Bytes that were written elsewhere in this very form.</summary>
    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Begins a record; give the result to <see cref="EndRecord"/>.</summary>
    public int BeginRecord()
    {
        Take(sizeof(int));
        return _length;
    }

    public void EndRecord(int start) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - sizeof(int)), _length - start);

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(checked(_length + count), (int)Math.Min(Array.MaxLength, _buffer.Length * 2L)));
        }

        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
