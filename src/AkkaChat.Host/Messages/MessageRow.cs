using AkkaChat.Host.Http;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>A message as it is stored, with the text of the one that it answers.</summary>
internal sealed record MessageRow
{
    /// <summary>How much of an answered message is shown.</summary>
    private const int QuoteLength = 140;

    /// <summary>The columns that make one.</summary>
    public const string Select =
        """
        SELECT m.room_id, m.id, m.author_id, m.at, m.text, m.version, m.message_key, m.files, m.mentions, m.notice, m.edited_at,
            m.deleted_at, m.deleted_by, m.reply_to, q.author_id AS quoted_by, q.text AS quoted_text
        FROM messages m LEFT JOIN messages q ON q.room_id = m.room_id AND q.id = m.reply_to
        """;

    public required string RoomId { get; init; }

    public long Id { get; init; }

    public required string AuthorId { get; init; }

    public long At { get; init; }

    public required string Text { get; init; }

    public long Version { get; init; }

    public string? MessageKey { get; init; }

    public string? Files { get; init; }

    public string? Mentions { get; init; }

    public string? Notice { get; init; }

    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    public string? DeletedBy { get; init; }

    public long? ReplyTo { get; init; }

    public string? QuotedBy { get; init; }

    public string? QuotedText { get; init; }

    /// <summary>How a message is quoted in its answers.</summary>
    public QuoteShape AsQuote => new(Id, AuthorId, BeginOf(Text));

    /// <summary>The message as that person may see it: the key is its sender's own.</summary>
    public MessageShape ShapeFor(string? reader, IReadOnlyList<ReactionShape>? reactions) => new()
    {
        Id = Id,
        Room = RoomId,
        By = AuthorId,
        At = At,
        Text = Text,
        Version = Version,
        Key = AuthorId == reader ? MessageKey : null,
        ReplyTo = ReplyTo is { } id && QuotedBy is not null ? new QuoteShape(id, QuotedBy, BeginOf(QuotedText ?? "")) : null,
        Files = ChatJson.Read<List<FileShape>>(Files),
        Mentions = ChatJson.Read<List<string>>(Mentions),
        Notice = ChatJson.Read<NoticeShape>(Notice),
        EditedAt = EditedAt,
        DeletedAt = DeletedAt,
        DeletedBy = DeletedBy,
        Reactions = reactions,
    };

    private static string BeginOf(string text) => TypedText.BeginOf(text, QuoteLength);
}
