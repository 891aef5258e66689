using AkkaChat.Host.Messages;

namespace AkkaChat.Host.Transfer;

/// <summary>A room as a file: all that was said in it, by whom. Of uploaded files it has the names, not the contents.</summary>
internal sealed record RoomArchive<TMessages>
{
    /// <summary>The version that this program writes, and the only one it reads.</summary>
    public const int KnownVersion = 1;

    public int Version { get; init; }

    public long ExportedAt { get; init; }

    public required ArchivedRoom Room { get; init; }

    /// <summary>Everybody who is in the room, or has said something in it.</summary>
    public required IReadOnlyList<ArchivedPerson> People { get; init; }

    /// <summary>In the order in which they were said.</summary>
    public required TMessages Messages { get; init; }
}

internal sealed record ArchivedRoom(string Kind, string Name, string Topic, long CreatedAt);

/// <param name="Id">What messages name the person by.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">What they are in the room; null: not in it any more.</param>
internal sealed record ArchivedPerson(string Id, string Name, string? Role);

/// <summary>A message; ids are those of the room that was exported.</summary>
internal sealed record ArchivedMessage
{
    public long Id { get; init; }

    public required string By { get; init; }

    public long At { get; init; }

    public required string Text { get; init; }

    public long? ReplyTo { get; init; }

    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    public string? DeletedBy { get; init; }

    public IReadOnlyList<string>? Mentions { get; init; }

    public IReadOnlyList<ReactionShape>? Reactions { get; init; }

    public IReadOnlyList<FileShape>? Files { get; init; }

    public NoticeShape? Notice { get; init; }

    public static ArchivedMessage Of(MessageShape message) => new()
    {
        Id = message.Id!.Value,
        By = message.By,
        At = message.At,
        Text = message.Text,
        ReplyTo = message.ReplyTo?.Id,
        EditedAt = message.EditedAt,
        DeletedAt = message.DeletedAt,
        DeletedBy = message.DeletedBy,
        Mentions = message.Mentions,
        Reactions = message.Reactions,
        Files = message.Files,
        Notice = message.Notice,
    };
}
