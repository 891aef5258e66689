using System.Globalization;
using System.Text;

namespace AkkaChat.Host.Chat;

/// <summary>
/// What may be called how, and how much may be said. The page knows the same limits (ui/src/protocol.ts) and tells
/// people early; this is what holds.
/// </summary>
internal static class ChatRules
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 32;

    /// <summary>The longest name of a room, in UTF-16 units.</summary>
    public const int MaxRoomLength = 64;

    /// <summary>The longest message, in UTF-16 units.</summary>
    public const int MaxTextLength = 4000;

    /// <summary>The longest key of a message, in UTF-16 units.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>In how many rooms one person can be.</summary>
    public const int MaxRoomsPerPerson = 50;

    /// <summary>Shorter ids of clients could be guessed, and with the id goes the name.</summary>
    public const int MinClientIdLength = 16;

    /// <summary>The longest id of a client, in UTF-16 units.</summary>
    public const int MaxClientIdLength = 64;

    /// <summary>The name as it is kept, trimmed and composed; null if nobody can be called so.</summary>
    public static string? ReadName(string? typed) => ReadLabel(typed, MaxNameLength);

    /// <summary>The room's name as it is kept, trimmed and composed; null if no room can be called so.</summary>
    public static string? ReadRoom(string? typed) => ReadLabel(typed, MaxRoomLength);

    /// <summary>Whether this can be said: not empty, not too long. Any characters can be.</summary>
    public static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxTextLength;

    /// <summary>The client's id, if it is one that nobody else will hit upon.</summary>
    public static string? ReadClientId(string? id) =>
        id is { Length: >= MinClientIdLength and <= MaxClientIdLength } ? id : null;

    /// <summary>The key by which a repeated message is recognised, if it is one.</summary>
    public static string? ReadKey(string? key) => key is { Length: > 0 and <= MaxKeyLength } ? key : null;

    private static string? ReadLabel(string? typed, int maxLength)
    {
        // The length first: composing and looking at characters costs time for each of them.
        if (typed is null || typed.Length > 4 * maxLength)
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

            isVisible |= !Rune.IsWhiteSpace(rune) && !IsJoiner(rune);
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
        _ => true,
    };

    /// <summary>Joiner and non-joiner: emoji and several scripts are written with them.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;
}
