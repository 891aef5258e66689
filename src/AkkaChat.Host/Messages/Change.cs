using AkkaChat.Host.Accounts;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Something that has happened in a room: an entry of its log, and what its people are told. The entry's offset is the id of
/// the message that it made, if it made one, and the version of the one it changed.
/// </summary>
internal sealed record Change
{
    public const string MessageSaid = "message";
    public const string Edited = "edited";
    public const string Deleted = "deleted";
    public const string Reacted = "reacted";
    public const string Unreacted = "unreacted";
    public const string RoomChanged = "room";
    public const string MemberChanged = "member";

    /// <summary>Fills a place in a log: where one that was lost has to go on, and where words were that are to be forgotten.</summary>
    public const string Nothing = "nothing";

    /// <summary>One of the constants here.</summary>
    public required string Kind { get; init; }

    /// <summary>The new message, or notice; without what follows from its place in the log: id, room and version.</summary>
    public MessageShape? Message { get; init; }

    /// <summary>The id of the message that was edited, deleted, or reacted to.</summary>
    public long? Id { get; init; }

    /// <summary>The new text of an edited message.</summary>
    public string? Text { get; init; }

    /// <summary>Whom the new text names.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>The reaction.</summary>
    public string? Emoji { get; init; }

    /// <summary>Who edited, deleted, reacted.</summary>
    public string? By { get; init; }

    /// <summary>When, in milliseconds since 1970, UTC.</summary>
    public long? At { get; init; }

    /// <summary>The room as it is now.</summary>
    public RoomShape? Room { get; init; }

    /// <summary>Whose membership has changed.</summary>
    public Person? Person { get; init; }

    /// <summary>What they are now; absent: not a member any more.</summary>
    public string? Role { get; init; }
}
