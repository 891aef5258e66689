namespace AkkaChat.Host.Http;

/// <summary>What was asked for, or why it is refused.</summary>
internal sealed class Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>What was asked for; null if it is refused.</summary>
    public T? Value { get; }

    /// <summary>Why it is refused; null if it is not.</summary>
    public Refusal? Refusal { get; }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
