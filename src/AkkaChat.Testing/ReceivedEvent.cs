using AkkaChat.Testing.Connections;

namespace AkkaChat.Testing;

/// <summary>An event that a client has received.</summary>
public sealed class ReceivedEvent
{
    private readonly Func<object?[], Task>? _ack;

    internal ReceivedEvent(string name, EventArguments arguments, Func<object?[], Task>? ack)
    {
        Name = name;
        Arguments = arguments;
        _ack = ack;
    }

    /// <summary>The event's name.</summary>
    public string Name { get; }

    /// <summary>What was sent with it.</summary>
    public EventArguments Arguments { get; }

    /// <summary>Whether the server waits for an ack.</summary>
    public bool WantsAck => _ack is not null;

    /// <summary>Reads one of the arguments.</summary>
    /// <typeparam name="T">Any type that System.Text.Json reads; <c>byte[]</c> for binary.</typeparam>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="ExpectationException">There is no such argument, or it does not fit the type.</exception>
    public T Argument<T>(int index = 0) => ArgumentReader.Read<T>(Arguments, index, this);

    /// <summary>Answers the server's call.</summary>
    /// <param name="arguments">The ack's arguments.</param>
    /// <exception cref="InvalidOperationException">The server did not ask for an ack.</exception>
    public Task AckAsync(params object?[] arguments) => _ack is null
        ? throw new InvalidOperationException($"The server did not ask for an ack of '{Name}'.")
        : _ack(arguments);

    /// <summary>Name and arguments, as they stand in error messages.</summary>
    public override string ToString() => $"'{Name}'({ArgumentReader.Show(Arguments)})";
}
