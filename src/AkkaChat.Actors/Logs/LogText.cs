using System.Text;

namespace AkkaChat.Logs;

/// <summary>
/// Checks texts that become keys of a store. They often come from clients, and one that a database does not take would
/// fail the messages of others that are stored together with it.
/// </summary>
internal static class LogText
{
    private const int LongestId = 200;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string CheckRoom(string room, int maxBytes) => Check(room, maxBytes, "The room's name", nameof(room));

    /// <summary>Refuses what is no valid text, or longer than <c>max-name-length</c>.</summary>
    public static string Check(string text, int maxBytes, string what, string parameter)
    {
        CheckText(text, parameter);
        return Strict.GetByteCount(text) <= maxBytes ? text : throw new ArgumentException(
            $"{what} has more than {maxBytes} bytes, the most allowed (akkachat.max-name-length).", parameter);
    }

    public static string CheckId(string messageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        CheckText(messageId, nameof(messageId));
        return messageId.Length <= LongestId ? messageId : throw new ArgumentException(
            $"The message id has more than {LongestId} characters, the most allowed.", nameof(messageId));
    }

    /// <summary>Whether a log may have a message there: what a client sends as a position may be anything.</summary>
    public static bool MayHave(LogPosition position)
    {
        try
        {
            CheckId(position.Epoch);
            return position.Offset > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void CheckText(string text, string parameter)
    {
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException("The text is not valid Unicode: half of a surrogate pair is missing.", parameter, exception);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The text has the character U+0000.", parameter);
        }
    }
}
