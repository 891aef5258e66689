namespace AkkaChat.Bench.Messages;

/// <summary>
/// What a payload carries for the measurement: when it was sent, by whom, and the how many-th of its publisher it is. It is
/// text that JSON carries unchanged: a mark and 32 letters, four bits each (so that reading it is a subtraction per letter).
/// </summary>
/// <param name="Time">Nanoseconds of <see cref="Clock"/>.</param>
/// <param name="Sequence">From 0, per publisher.</param>
/// <param name="Publisher">The publisher's number.</param>
internal readonly record struct Stamp(long Time, uint Sequence, uint Publisher)
{
    /// <summary>The length in bytes of a stamp with its mark.</summary>
    public const int Length = 33;

    private const byte Mark = (byte)'~';
    private const byte Zero = (byte)'A';

    /// <summary>A payload of that length with an empty stamp at its beginning.</summary>
    public static string Payload(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        return (char)Mark + new string((char)Zero, Length - 1) + new string('x', length - Length);
    }

    /// <summary>Finds where in a message the stamp begins; negative if it has none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> message) => message.IndexOf(Mark);

    public static bool TryRead(ReadOnlySpan<byte> message, out Stamp stamp)
    {
        var start = IndexIn(message);
        if (start < 0 || message.Length - start < Length)
        {
            stamp = default;
            return false;
        }

        var digits = message.Slice(start + 1, Length - 1);
        stamp = new Stamp((long)Read(digits[..16]), (uint)Read(digits[16..24]), (uint)Read(digits[24..32]));
        return true;
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = Mark;
        Write(destination[1..17], (ulong)Time);
        Write(destination[17..25], Sequence);
        Write(destination[25..33], Publisher);
    }

    private static ulong Read(ReadOnlySpan<byte> digits)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            value = (value << 4) | (uint)(digit - Zero);
        }

        return value;
    }

    private static void Write(Span<byte> digits, ulong value)
    {
        for (var index = digits.Length - 1; index >= 0; index--)
        {
            digits[index] = (byte)(Zero + (value & 15));
            value >>= 4;
        }
    }
}
