namespace AkkaChat.Nodes;

/// <summary>What a node asks of the one that writes the logs of durable rooms. A closed set: each has a form on the wire.</summary>
internal abstract record LogRequest
{
    /// <summary>Store a message and send it to the room. Those of one node take their turns in the order in which they are asked.</summary>
    internal sealed record Publish(
        string Namespace, string Room, string EventName, ArgumentData Arguments, string? MessageId) : LogRequest;

    /// <summary>Change what a message says, in its turn among the publishes.</summary>
    internal sealed record Replace(
        string Namespace, string Room, LogPosition Position, string EventName, ArgumentData Arguments) : LogRequest;

    /// <summary>Empty a log, in its turn among the publishes.</summary>
    internal sealed record Clear(string Namespace, string Room) : LogRequest;

    /// <summary>Read a part of a log.</summary>
    internal sealed record Read(string Namespace, string Room, LogReading Reading) : LogRequest;

    /// <summary>You are not to write any more: store what waits, close the store, and say so.</summary>
    internal sealed record Release : LogRequest;
}

/// <summary>Which part of a log to read.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Since">Where to begin, not included; null: at the beginning, or at the end.</param>
/// <param name="Limit">How many messages at most.</param>
internal readonly record struct LogReading(LogReadingKind Kind, LogPosition? Since, int Limit);

/// <summary>Ways to read a log. The numbers are part of the wire.</summary>
internal enum LogReadingKind
{
    /// <summary>The newest since a position, in ascending order.</summary>
    Tail = 0,

    /// <summary>The oldest since a position, in ascending order.</summary>
    Up = 1,

    /// <summary>The newest before a position, in ascending order too.</summary>
    Down = 2,
}
