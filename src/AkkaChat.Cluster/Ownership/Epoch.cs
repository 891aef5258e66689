namespace AkkaChat.Ownership;

/// <summary>
/// The term of one owner of a room. Epochs are compared by number first; the owner's own incarnation makes them unique,
/// so two owners at once never share one, and all relays agree which of the two is the later.
/// </summary>
internal readonly record struct Epoch(long Number, Incarnation Owner) : IComparable<Epoch>
{
    /// <summary>Before the first owner; lower than any epoch.</summary>
    public static readonly Epoch None;

    public static bool operator <(Epoch left, Epoch right) => left.CompareTo(right) < 0;

    public static bool operator >(Epoch left, Epoch right) => left.CompareTo(right) > 0;

    public static bool operator <=(Epoch left, Epoch right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Epoch left, Epoch right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Epoch other)
    {
        var byNumber = Number.CompareTo(other.Number);
        if (byNumber != 0)
        {
            return byNumber;
        }

        var byNode = string.CompareOrdinal(Owner.Node, other.Owner.Node);
        return byNode != 0 ? byNode : Owner.Number.CompareTo(other.Owner.Number);
    }

    /// <inheritdoc/>
    public override string ToString() => this == None ? "none" : $"{Number}@{Owner}";
}
