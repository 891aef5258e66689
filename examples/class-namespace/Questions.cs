namespace ClassNamespace;

/// <summary>The questions that were asked, for all sockets.</summary>
public sealed class Questions
{
    private readonly Lock _gate = new();
    private readonly List<(string Text, string Answer)> _asked = [];

    /// <summary>Keeps a question; the result is its number.</summary>
    public int Add(string text, string answer)
    {
        lock (_gate)
        {
            _asked.Add((text, answer));
            return _asked.Count - 1;
        }
    }

    /// <summary>Whether that is the answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such question.</exception>
    public bool IsRight(int number, string answer)
    {
        lock (_gate)
        {
            return string.Equals(_asked[number].Answer, answer, StringComparison.OrdinalIgnoreCase);
        }
    }
}
