using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AkkaChat.Wire;

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote. Hostile input throws nothing: after the first thing that cannot be
/// read, everything reads as its default and <see cref="HasFailed"/> says so. It takes no more memory than the input has.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> input)
{
    private readonly ReadOnlyMemory<byte> _input = input;
    private int _position;
    private int _end = input.Length;

    public bool HasFailed { get; private set; }

    /// <summary>Whether the record goes on: an older version may have ended it here.</summary>
    public readonly bool HasMore => !HasFailed && _position < _end;

    private readonly int Left => _end - _position;

    /// <summary>Whatever was read is refused if something about it does not hold.</summary>
    public void Require(bool isSo) => HasFailed |= !isSo;

    public byte Byte() => TryTake(1, out var taken) ? taken.Span[0] : (byte)0;

    public bool Flag()
    {
        var value = Byte();
        HasFailed |= value > 1;
        return value == 1;
    }

    public long Number()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        HasFailed = true;
        return 0;
    }

    /// <summary>A number of at most 31 bits.</summary>
    public int SmallNumber()
    {
        var value = Number();
        HasFailed |= value > int.MaxValue;
        return HasFailed ? 0 : (int)value;
    }

    /// <summary>How many things follow, of which each takes at least so many bytes.</summary>
    public int Count(int least = sizeof(int))
    {
        var count = SmallNumber();
        HasFailed |= count > Left / least;
        return HasFailed ? 0 : count;
    }

    public string Text()
    {
        var header = Number();
        if (header >> 1 > Left || !TryTake((int)(header >> 1), out var taken))
        {
            HasFailed = true;
            return "";
        }

        return (header & 1) == 0 ? FromUtf8(taken.Span) : FromUtf16(taken.Span);
    }

    /// <summary>A part of the input itself, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes() => TryTake(SmallNumber(), out var taken) ? taken : default;

    /// <summary>So many bytes of the input; always as many, zeros if it has failed.</summary>
    public ReadOnlyMemory<byte> Bytes(int count) => TryTake(count, out var taken) ? taken : new byte[count];

    /// <summary>Goes into a record; give the result to <see cref="EndRecord"/>.</summary>
    public int BeginRecord()
    {
        var outer = _end;
        var length = TryTake(sizeof(int), out var taken) ? BinaryPrimitives.ReadInt32LittleEndian(taken.Span) : -1;
        if (length < 0 || length > Left)
        {
            HasFailed = true;
            return outer;
        }

        _end = _position + length;
        return outer;
    }

    /// <summary>Leaves a record, over whatever a later version has written at its end.</summary>
    public void EndRecord(int outer)
    {
        _position = _end;
        _end = outer;
    }

    private string FromUtf8(ReadOnlySpan<byte> bytes)
    {
        HasFailed |= !Utf8.IsValid(bytes);
        return HasFailed ? "" : Encoding.UTF8.GetString(bytes);
    }

    private string FromUtf16(ReadOnlySpan<byte> bytes)
    {
        var units = new char[bytes.Length / sizeof(char)];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(char))..]);
        }

        // One string has one form; whoever sends another is no writer of ours.
        HasFailed |= bytes.Length % sizeof(char) != 0 || WireText.HasUtf8(units);
        return HasFailed ? "" : new string(units);
    }

    private bool TryTake(int count, out ReadOnlyMemory<byte> taken)
    {
        HasFailed |= count > Left;
        taken = HasFailed ? default : _input.Slice(_position, count);
        _position += taken.Length;
        return !HasFailed;
    }
}
