using System.Text;

namespace AkkaChat.Host.Uploads;

/// <summary>Tells text from what only has its name.</summary>
internal static class TextContent
{
    private const int BufferLength = 16 << 10;

    /// <summary>Whether all of it is UTF-8 without characters that no text has.</summary>
    public static async Task<bool> IsTextAsync(Stream content, CancellationToken cancellation)
    {
        using var reader = new StreamReader(
            content, new UTF8Encoding(false, throwOnInvalidBytes: true), false, BufferLength, leaveOpen: true);
        var buffer = new char[BufferLength];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer, cancellation)) > 0)
            {
                if (buffer.AsSpan(0, read).ContainsAnyInRange('\0', '\b'))
                {
                    return false;
                }
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
