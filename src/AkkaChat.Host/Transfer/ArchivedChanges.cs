using AkkaChat.Host.Http;
using AkkaChat.Host.Messages;

namespace AkkaChat.Host.Transfer;

/// <summary>What is to be written into a room's log so that it says what an archive says.</summary>
internal static class ArchivedChanges
{
    private const int QuoteLength = 140;

    /// <summary>The message as it was at last.</summary>
    /// <param name="message">The message.</param>
    /// <param name="people">The accounts by the archive's ids.</param>
    /// <param name="written">The messages before it, by the archive's ids, with those that they have now.</param>
    public static Change Said(
        ArchivedMessage message, IReadOnlyDictionary<string, string> people, IReadOnlyDictionary<long, (long Id, ArchivedMessage Message)> written) => new()
    {
        Kind = Change.MessageSaid,
        Message = new MessageShape
        {
            By = people[message.By],
            At = message.At,
            Text = message.DeletedAt is null ? message.Text : "",
            ReplyTo = message.ReplyTo is { } id && written.TryGetValue(id, out var quoted) ? QuoteOf(quoted.Id, quoted.Message, people) : null,
            EditedAt = message.EditedAt,
            DeletedAt = message.DeletedAt,
            DeletedBy = message.DeletedBy is { } by ? people.GetValueOrDefault(by) : null,
            Mentions = message.Mentions?.Select(people.GetValueOrDefault).OfType<string>().ToList() is { Count: > 0 } named ? named : null,
            Notice = NoticeOf(message, people),
        },
    };

    /// <summary>The reactions to it.</summary>
    public static IEnumerable<Change> Reactions(ArchivedMessage message, long id, IReadOnlyDictionary<string, string> people) =>
        from kind in message.Reactions ?? []
        from person in kind.By
        select new Change { Kind = Change.Reacted, Id = id, Emoji = kind.Emoji, By = people[person], At = message.At };

    private static QuoteShape QuoteOf(long id, ArchivedMessage quoted, IReadOnlyDictionary<string, string> people) =>
        new(id, people[quoted.By], quoted.DeletedAt is null ? TypedText.BeginOf(quoted.Text, QuoteLength) : "");

    private static NoticeShape? NoticeOf(ArchivedMessage message, IReadOnlyDictionary<string, string> people) => message.Notice is { } notice
        ? notice with { Person = notice.Person is { } person ? people.GetValueOrDefault(person) : null }
        : null;
}
