using System.Collections;
using AkkaChat.Nodes;
using AkkaChat.Serialization;

namespace AkkaChat;

/// <summary>
/// All arguments of an event or ack, as they came. As an argument of an emit or as a handler's result it is spread:
/// each of its arguments becomes one.
/// </summary>
public sealed class EventArguments : IReadOnlyList<EventArgument>
{
    private readonly ReadOnlyMemory<byte>[] _json;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _attachments;
    private readonly ArgumentSerializer _serializer;

    internal EventArguments(
        ReadOnlyMemory<byte>[] json, IReadOnlyList<ReadOnlyMemory<byte>> attachments, ArgumentSerializer serializer)
    {
        _json = json;
        _attachments = attachments;
        _serializer = serializer;
    }

    internal EventArguments(ArgumentData data, ArgumentSerializer serializer)
        : this([.. data.Json], data.Attachments, serializer)
    {
    }

    internal ArgumentData Data => new(_json, _attachments);

    /// <summary>How many there are.</summary>
    public int Count => _json.Length;

    /// <summary>The argument at that place.</summary>
    /// <param name="index">From 0.</param>
    public EventArgument this[int index] => new(_json[index], _attachments, _serializer);

    /// <inheritdoc/>
    public IEnumerator<EventArgument> GetEnumerator()
    {
        for (var index = 0; index < _json.Length; index++)
        {
            yield return this[index];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
