namespace AkkaChat.Host.Uploads;

/// <summary>
/// What may be uploaded, by the file's own bytes: images by them alone, all else if they fit the name. What a browser would run
/// (HTML, SVG) and what a system would (programs, scripts) is nothing of that. Pure.
/// </summary>
/// <param name="MediaType">The media type to serve it by.</param>
/// <param name="Image">Of an image, its size.</param>
/// <param name="IsText">Whether all of it must be text.</param>
internal sealed record FileType(string MediaType, ImageHeader? Image = null, bool IsText = false)
{
    /// <summary>How many first bytes it may take to see what a file is.</summary>
    public const int HeadLength = 1 << 20;

    /// <summary>Larger ones, in pixels, take a page more memory than it has.</summary>
    private const long MaxPixels = 100_000_000;

    private static readonly string[] ImageExtensions = ["", "png", "jpg", "jpeg", "jfif", "gif", "webp"];

    /// <summary>What it is; null if it may not be uploaded.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="head">Its first bytes, up to <see cref="HeadLength"/>.</param>
    public static FileType? Of(string name, ReadOnlySpan<byte> head)
    {
        var extension = FileName.ExtensionOf(name);
        return ImageHeader.FormatOf(head) is not null ? OfImage(extension, head)
            : TextOf(extension) ?? OfBinary(extension, head);
    }

    /// <summary>An image with the extension of something else would be something else once it is saved.</summary>
    private static FileType? OfImage(string extension, ReadOnlySpan<byte> head) =>
        ImageExtensions.Contains(extension) && ImageHeader.TryRead(head) is { } image && (long)image.Width * image.Height <= MaxPixels
            ? new FileType(image.Type, image)
            : null;

    private static FileType? TextOf(string extension) => extension switch
    {
        "txt" or "log" => new("text/plain; charset=utf-8", IsText: true),
        "md" => new("text/markdown; charset=utf-8", IsText: true),
        "csv" => new("text/csv; charset=utf-8", IsText: true),
        "json" => new("application/json", IsText: true),
        _ => null,
    };

    private static FileType? OfBinary(string extension, ReadOnlySpan<byte> head) => extension switch
    {
        "pdf" when head.StartsWith("%PDF-"u8) => new("application/pdf"),
        "zip" when head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) => new("application/zip"),
        "mp4" when head.Length >= 12 && head[4..].StartsWith("ftyp"u8) => new("video/mp4"),
        "mp3" when IsMp3(head) => new("audio/mpeg"),
        "wav" when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WAVE"u8) => new("audio/wav"),
        "ogg" when head.StartsWith("OggS"u8) => new("audio/ogg"),
        "webm" when head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) => new("video/webm"),
        _ => null,
    };

    /// <summary>A tag, or a frame's eleven bits of synchronisation.</summary>
    private static bool IsMp3(ReadOnlySpan<byte> head) =>
        head.StartsWith("ID3"u8) || (head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0);
}
