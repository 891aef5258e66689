namespace AkkaChat.Bench;

/// <summary>A measurement could not be made; the message says why. The other measurements go on.</summary>
internal sealed class BenchException : Exception
{
    public BenchException(string message)
        : base(message)
    {
    }

    public BenchException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public BenchException()
    {
    }
}
