namespace AkkaChat.Host.Uploads;

/// <summary>What the first bytes of an image say: its format, and how large it is in pixels. Hostile input is no image.</summary>
/// <param name="Type">The media type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ImageHeader(string Type, int Width, int Height)
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string WebP = "image/webp";

    /// <summary>The format; null if it is none of those that pages show.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngHeader.Signature) ? Png
        : bytes.StartsWith(JpegHeader.Signature) ? Jpeg
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? Gif
        : bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..].StartsWith("WEBP"u8) ? WebP
        : null;

    /// <summary>Reads it; null if it is no image of these formats, or one whose size can't be read.</summary>
    /// <param name="bytes">The file's first bytes. Of JPEG it may take many: it tells its size behind what cameras add.</param>
    public static ImageHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        var type = FormatOf(bytes);
        var size = type switch
        {
            Png => PngHeader.TryReadSize(bytes),
            Jpeg => JpegHeader.TryReadSize(bytes),
            Gif => GifHeader.TryReadSize(bytes),
            WebP => WebPHeader.TryReadSize(bytes),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } found ? new ImageHeader(type!, found.Width, found.Height) : null;
    }
}
