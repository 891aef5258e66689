using System.Globalization;
using System.Text;
using AkkaChat.Host.Http;

namespace AkkaChat.Host.Chat;

/// <summary>
/// What may be called how, and how much may be said. The page knows the same limits (ui/src/protocol.ts) and tells
/// people early; this is what holds.
/// </summary>
internal static class ChatRules
{
    /// <summary>The shortest and the longest name of a person, in UTF-16 units.</summary>
    public const int MinNameLength = 2;
    public const int MaxNameLength = 32;

    /// <summary>The longest name of a room, in UTF-16 units.</summary>
    public const int MaxRoomLength = 64;

    /// <summary>The longest topic of a room, in UTF-16 units.</summary>
    public const int MaxTopicLength = 250;

    /// <summary>The longest message, in UTF-16 units.</summary>
    public const int MaxTextLength = 4000;

    /// <summary>The longest key of a message, in UTF-16 units.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>How many files a message can have.</summary>
    public const int MaxFiles = 10;

    /// <summary>How many kinds of reactions a message can have.</summary>
    public const int MaxReactions = 20;

    /// <summary>The longest reaction, in UTF-16 units: flags and families are long.</summary>
    public const int MaxEmojiLength = 32;

    /// <summary>In how many rooms one person can be.</summary>
    public const int MaxRoomsPerPerson = 200;

    /// <summary>The name as it is kept, trimmed and composed; null if nobody can be called so.</summary>
    public static string? ReadName(string? typed) =>
        ReadLabel(typed, MaxNameLength) is { Length: >= MinNameLength } name ? name : null;

    /// <summary>The room's name as it is kept, trimmed and composed; null if no room can be called so.</summary>
    public static string? ReadRoom(string? typed) => ReadLabel(typed, MaxRoomLength);

    /// <summary>The topic as it is kept, trimmed and composed, possibly empty; null if it can't be one.</summary>
    public static string? ReadTopic(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? "" : ReadLabel(typed, MaxTopicLength);

    /// <summary>
    /// Whether this can be said: not too long, and not empty if there is nothing else. Any characters can be that every database
    /// keeps.
    /// </summary>
    public static bool IsText(string? text, bool hasFiles) => string.IsNullOrWhiteSpace(text)
        ? hasFiles && IsTextOrNothing(text ?? "")
        : IsTextOrNothing(text);

    /// <summary>The same of a text that may be empty, as a deleted message's is.</summary>
    public static bool IsTextOrNothing(string text) => text.Length <= MaxTextLength && TypedText.IsStorable(text);

    /// <summary>The key by which a repeated message is recognised, if it is one.</summary>
    public static string? ReadKey(string? key) => key is { Length: > 0 and <= MaxKeyLength } && TypedText.IsStorable(key) ? key : null;

    /// <summary>Whether this can be a reaction: a picture, not a word.</summary>
    public static bool IsEmoji(string? emoji) =>
        emoji is { Length: > 0 and <= MaxEmojiLength } && emoji.EnumerateRunes().All(IsPictorial) && emoji.EnumerateRunes().Any(rune => rune.Value > 0x7F);

    /// <summary>
    /// The form of a name in which no two may be the same: neither case nor width nor what nobody sees make a difference.
    /// </summary>
    public static string KeyOf(string name) => string.Concat(
        FormerKeyOf(name).EnumerateRunes().Where(rune => !InvisibleRunes.Contains(rune)));

    /// <summary>The same as it was made once, with invisible characters: names of then are known by it.</summary>
    public static string FormerKeyOf(string name) => name.Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    private static string? ReadLabel(string? typed, int maxLength)
    {
        // The length first: composing and looking at characters costs time for each of them.
        if (typed is null || typed.Length > 4 * maxLength || !TypedText.IsStorable(typed))
        {
            return null;
        }

        var label = typed.Trim().Normalize(NormalizationForm.FormC);
        var isVisible = false;
        foreach (var rune in label.EnumerateRunes())
        {
            if (!IsAllowed(rune))
            {
                return null;
            }

            isVisible |= !Rune.IsWhiteSpace(rune) && !InvisibleRunes.Contains(rune);
        }

        return isVisible && label.Length <= maxLength ? label : null;
    }

    /// <summary>
    /// Invisible characters would let two different names look the same, and those that turn the writing direction
    /// would spoil the text around them.
    /// </summary>
    private static bool IsAllowed(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Format => IsJoiner(rune),
        _ => !InvisibleRunes.IsFiller(rune),
    };

    /// <summary>Pictures, their modifiers and joiners, and the signs that keycaps are made of.</summary>
    private static bool IsPictorial(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.MathSymbol
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => true,
        _ => rune.Value is '#' or '*' or 0x203C or 0x2049 or 0x3030 or 0x303D || Rune.IsDigit(rune),
    };

    /// <summary>Joiner and non-joiner: emoji and several scripts are written with them.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;
}
