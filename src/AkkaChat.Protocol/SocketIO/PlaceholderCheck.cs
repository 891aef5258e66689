using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Follows the tokens of a binary packet and finds objects that stand for an attachment but point at none.
/// </summary>
/// <remarks>
/// <code>{"_placeholder":true,"num":0}</code>
/// Of a repeated member every value counts, so it doesn't matter which one a later reader takes.
/// </remarks>
internal struct PlaceholderCheck(int attachmentCount, int maxDepth)
{
    private readonly Marks[] _marks = new Marks[maxDepth];
    private Marks _member;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        Placeholder = 1,
        Number = 2,
        BadNumber = 4,
    }

    /// <summary>False if the token ends a placeholder that points at no attachment.</summary>
    public bool Accept(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _member = MemberOf(ref reader);
                return true;
            case JsonTokenType.EndObject:
                return IsHarmless(_marks[reader.CurrentDepth]);
            default:
                MarkValue(ref reader);
                _member = Marks.None;
                return true;
        }
    }

    private static Marks MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("_placeholder"u8) ? Marks.Placeholder
        : reader.ValueTextEquals("num"u8) ? Marks.Number
        : Marks.None;

    private static bool IsHarmless(Marks marks) =>
        !marks.HasFlag(Marks.Placeholder) || (marks & (Marks.Number | Marks.BadNumber)) == Marks.Number;

    private readonly void MarkValue(ref Utf8JsonReader reader)
    {
        if (_member != Marks.None)
        {
            _marks[reader.CurrentDepth - 1] |= MarkOf(ref reader);
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            _marks[reader.CurrentDepth] = Marks.None;
        }
    }

    private readonly Marks MarkOf(ref Utf8JsonReader reader) => _member switch
    {
        Marks.Placeholder => reader.TokenType == JsonTokenType.True ? Marks.Placeholder : Marks.None,
        _ => IsAttachmentNumber(ref reader) ? Marks.Number : Marks.BadNumber,
    };

    private readonly bool IsAttachmentNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetInt32(out var number) && number >= 0 && number < attachmentCount;
}
