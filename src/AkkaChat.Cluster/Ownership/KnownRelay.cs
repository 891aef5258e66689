namespace AkkaChat.Ownership;

/// <summary>What an owner knows of one node's relay.</summary>
internal sealed class KnownRelay(Incarnation relay)
{
    public Incarnation Relay { get; } = relay;

    /// <summary>The last version of its attendance.</summary>
    public int Version { get; set; }

    public bool HasMembers { get; set; }

    /// <summary>Where the relay came in: it gets everything after this.</summary>
    public long Position { get; set; }

    /// <summary>A relay with members has delivered everything up to here.</summary>
    public long Delivered { get; set; }

    /// <summary>Its publishes have their places up to this number; a lower one that comes again is a repetition.</summary>
    public long Placed { get; set; }

    /// <summary>Its publishes up to this number have ended at the relay.</summary>
    public long Settled { get; set; }

    /// <summary>The highest sequence it was sent, or said that it holds.</summary>
    public long Sent { get; set; }

    /// <summary>The stable point it was told last.</summary>
    public long ToldStable { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>Since when it owes an acknowledgement without having come any further.</summary>
    public TimeSpan WaitingSince { get; set; }

    /// <summary>Whether it has yet to say that it has what is in the log for it.</summary>
    public bool Owes(long last) => (HasMembers && Delivered < last) || Placed > Settled;

    /// <summary>Whether it keeps entries of which it could be told that they are stable.</summary>
    public bool MayTrim(long stable) => Sent > ToldStable && stable > ToldStable;
}
