namespace AkkaChat.Host.Messages;

/// <summary>A message as the page knows it. Absent is what does not apply.</summary>
internal sealed record MessageShape
{
    /// <summary>The offset of the change that made it: unique in the room, and ascending.</summary>
    public long? Id { get; init; }

    public string? Room { get; init; }

    /// <summary>Whose it is.</summary>
    public required string By { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public required long At { get; init; }

    /// <summary>Empty if it was deleted, or is a notice.</summary>
    public required string Text { get; init; }

    /// <summary>The offset of the last change that concerned it.</summary>
    public long? Version { get; init; }

    /// <summary>What its sender's page knows it by.</summary>
    public string? Key { get; init; }

    public QuoteShape? ReplyTo { get; init; }

    public IReadOnlyList<FileShape>? Files { get; init; }

    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    public string? DeletedBy { get; init; }

    public IReadOnlyList<ReactionShape>? Reactions { get; init; }

    /// <summary>The ids of the people that the text names.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    public NoticeShape? Notice { get; init; }
}

/// <summary>The message that another one answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="By">Whose it is.</param>
/// <param name="Text">How its text begins; empty if it was deleted.</param>
internal sealed record QuoteShape(long Id, string By, string Text);

/// <summary>A file of a message.</summary>
internal sealed record FileShape(string Id, string Name, string Type, long Size, long? Width, long? Height, string Url);

/// <summary>One kind of reaction, and whose.</summary>
internal sealed record ReactionShape(string Emoji, IReadOnlyList<string> By);

/// <summary>What has happened to the room or its people, in between the messages.</summary>
/// <param name="What">Such as <c>joined</c>.</param>
/// <param name="Person">Whom it concerns, if not the one who did it.</param>
/// <param name="Text">The new name, topic or role.</param>
internal sealed record NoticeShape(string What, string? Person = null, string? Text = null);
