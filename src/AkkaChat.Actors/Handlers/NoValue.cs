using System.Runtime.CompilerServices;

namespace AkkaChat.Handlers;

/// <summary>The result of a handler that returns nothing, as opposed to one that returns null.</summary>
internal sealed class NoValue
{
    public static readonly NoValue Instance = new();

    private NoValue()
    {
    }

    /// <summary>The ack's arguments for a handler's result: none, several for a tuple, else one.</summary>
    public static object?[] ToArguments(object? result) => result switch
    {
        NoValue => [],
        ITuple tuple => ToArray(tuple),
        _ => [result],
    };

    private static object?[] ToArray(ITuple tuple)
    {
        var values = new object?[tuple.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = tuple[index];
        }

        return values;
    }
}
