namespace AkkaChat.Host.Rooms;

/// <summary>What can be done in or with a room.</summary>
internal enum RoomAction
{
    /// <summary>Become a member by oneself.</summary>
    Join,

    /// <summary>Be told what happens, and look at what has.</summary>
    Read,

    /// <summary>Write, edit one's own, react.</summary>
    Say,

    /// <summary>Make somebody a member.</summary>
    Invite,

    /// <summary>Stop being one.</summary>
    Leave,

    /// <summary>Change name or topic.</summary>
    Rename,

    /// <summary>Delete what others have said.</summary>
    DeleteMessage,

    /// <summary>Put a member out, with a ban or without.</summary>
    Remove,

    /// <summary>Take a member's voice for a time.</summary>
    Mute,

    /// <summary>Make moderators and owners of members, and the reverse.</summary>
    SetRole,

    /// <summary>Close it for all writing, or open it again.</summary>
    Archive,

    /// <summary>Take all of it out as a file.</summary>
    Export,

    /// <summary>Delete it with all that was said.</summary>
    DeleteRoom,
}
