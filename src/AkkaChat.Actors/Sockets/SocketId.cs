using System.Buffers.Text;
using System.Security.Cryptography;

namespace AkkaChat.Sockets;

/// <summary>
/// Ids of sessions and sockets: eight characters that name the incarnation of the node that made them, a tilde, and
/// 132 random bits in base64url. No secret is in the first part; nobody can guess the second.
/// </summary>
internal static class SocketId
{
    /// <summary>Characters of the incarnation.</summary>
    public const int IncarnationLength = 8;

    private const int RandomBytes = 18;
    private const int RandomLength = 22;
    private const char Separator = '~';

    /// <summary>A new incarnation for a node that starts.</summary>
    public static string NewIncarnation() => RandomText()[..IncarnationLength];

    public static string New(string incarnation) => $"{incarnation}{Separator}{RandomText()[..RandomLength]}";

    /// <summary>Whether a text has the form of an id, whoever made it.</summary>
    public static bool IsId(string text) =>
        text.Length == IncarnationLength + 1 + RandomLength
        && text[IncarnationLength] == Separator
        && IsBase64Url(text.AsSpan(0, IncarnationLength))
        && IsBase64Url(text.AsSpan(IncarnationLength + 1));

    /// <summary>The incarnation of the node that made an id; null if the text has not the form of one.</summary>
    public static string? IncarnationOf(string text) => IsId(text) ? text[..IncarnationLength] : null;

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    private static bool IsBase64Url(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
