using System.Collections;

namespace AkkaChat;

/// <summary>
/// What the nodes of a cluster have said to a question, put together. A node that did not answer in time is named, and
/// what it would have said is missing; a node that has left the cluster has nothing to say and is not missed. A node
/// alone always answers. Immutable.
/// </summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class Gathered<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> _items;

    internal Gathered(IReadOnlyList<T> items, IReadOnlyList<string>? missingNodes = null) =>
        (_items, MissingNodes) = (items, missingNodes ?? []);

    /// <summary>The nodes that did not answer in time, by their addresses; none as a rule.</summary>
    public IReadOnlyList<string> MissingNodes { get; }

    /// <summary>Whether all nodes have answered.</summary>
    public bool IsComplete => MissingNodes.Count == 0;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
