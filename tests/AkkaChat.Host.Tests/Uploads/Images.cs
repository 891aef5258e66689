namespace AkkaChat.Host.Tests.Uploads;

/// <summary>The first bytes of images.</summary>
internal static class Images
{
    public static byte[] Png(int width, int height) =>
        [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0];

    public static byte[] Gif(int width, int height) =>
        [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0, 0];

    /// <summary>With two segments before the frame, as cameras write them, and a filling byte.</summary>
    public static byte[] Jpeg(int width, int height, byte frame = 0xC2) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. new byte[9], 0xFF, 0xE1, 0x20, 0x02, .. new byte[0x2000],
        0xFF, 0xFF, frame, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, .. new byte[9],
    ];

    public static byte[] LossyWebP(int width, int height) =>
    [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A,
        (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8),
    ];

    public static byte[] LosslessWebP(int width, int height)
    {
        var bits = (width - 1) | ((height - 1) << 14);
        return
        [
            .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0, 0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24),
        ];
    }

    public static byte[] ExtendedWebP(int width, int height) =>
    [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0,
        (byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16),
        (byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16),
    ];

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
