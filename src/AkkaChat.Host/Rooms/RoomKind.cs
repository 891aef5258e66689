namespace AkkaChat.Host.Rooms;

/// <summary>The kinds of rooms.</summary>
internal static class RoomKind
{
    /// <summary>In the directory; whoever has an account may come in.</summary>
    public const string Public = "public";

    /// <summary>Only members know of it, and members invite.</summary>
    public const string Private = "private";

    /// <summary>Two people, for good.</summary>
    public const string Direct = "direct";
}
