namespace AkkaChat.Bench.Measuring;

/// <summary>What a number that arrives is, in the light of those before it.</summary>
internal enum Arrival
{
    /// <summary>It is later than all before it.</summary>
    InOrder,

    /// <summary>It was overtaken by a later one.</summary>
    Late,

    /// <summary>It has been here before.</summary>
    Duplicate,
}

/// <summary>Follows the numbers that one receiver gets from one sender, from 0 on; remembers the last 64.</summary>
internal sealed class SequenceChecker
{
    private uint _next;
    private ulong _seen; // bit n: the number _next - 1 - n has been here

    public Arrival Take(uint number)
    {
        if (number >= _next)
        {
            var step = number - _next + 1;
            _seen = step < 64 ? (_seen << (int)step) | 1 : 1;
            _next = number + 1;
            return Arrival.InOrder;
        }

        var age = _next - 1 - number;
        var bit = age < 64 ? 1UL << (int)age : 0;
        if ((_seen & bit) != 0)
        {
            return Arrival.Duplicate;
        }

        _seen |= bit;
        return Arrival.Late;
    }
}
