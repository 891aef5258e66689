using System.Text;

namespace AkkaChat.Host.Chat;

/// <summary>
/// The characters that are shown as nothing: those that Unicode calls default-ignorable (DerivedCoreProperties.txt,
/// Default_Ignorable_Code_Point). .NET does not know that property, and several of them are letters or marks to it.
/// </summary>
internal static class InvisibleRunes
{
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    public static bool Contains(Rune rune) => Array.Exists(Ranges, range => rune.Value >= range.First && rune.Value <= range.Last);

    /// <summary>Letters of Hangul without a shape: in a name they stand for nothing but an empty place.</summary>
    public static bool IsFiller(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}
