namespace AkkaChat.Ownership;

/// <summary>
/// The members of one relay, and whether the owner knows that there are any. Each change between some and none is a new
/// version, so that late messages of an earlier one change nothing.
/// </summary>
internal sealed class Attendance
{
    private readonly HashSet<string> _members = [];
    private readonly Dictionary<string, TimeSpan> _joining = [];

    /// <summary>Counts the changes between members and no members, those that are still joining included.</summary>
    public int Version { get; private set; }

    /// <summary>Whether the owner knows of the last change.</summary>
    public bool IsConfirmed { get; private set; } = true;

    /// <summary>Whether anybody is in or wants to be.</summary>
    public bool IsWanted => _members.Count + _joining.Count > 0;

    /// <summary>Whether members are in: deliveries go on without a gap.</summary>
    public bool HasMembers => IsWanted && IsConfirmed;

    public int LastConfirmed => IsConfirmed ? Version : Version - 1;

    /// <summary>Lets a member in, at once if others are in; true if so.</summary>
    public bool Join(string member, TimeSpan deadline)
    {
        if (HasMembers)
        {
            return _members.Add(member);
        }

        if (!IsWanted)
        {
            Change();
        }

        _joining.TryAdd(member, deadline);
        return false;
    }

    public void Leave(string member)
    {
        if ((_members.Remove(member) | _joining.Remove(member)) && !IsWanted)
        {
            Change();
        }
    }

    /// <summary>The owner knows; gives those who are in by that.</summary>
    public IReadOnlyList<string> Confirm()
    {
        IsConfirmed = true;
        string[] joined = [.. _joining.Keys];
        _joining.Clear();
        _members.UnionWith(joined);
        return joined;
    }

    /// <summary>Takes back the joins that waited too long.</summary>
    public IReadOnlyList<string> FailOverdue(TimeSpan now)
    {
        string[] overdue = [.. _joining.Where(join => join.Value <= now).Select(join => join.Key)];
        foreach (var member in overdue)
        {
            Leave(member);
        }

        return overdue;
    }

    private void Change()
    {
        Version++;
        IsConfirmed = false;
    }
}
