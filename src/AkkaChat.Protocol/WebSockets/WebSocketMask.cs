using System.Numerics;
using System.Runtime.InteropServices;

namespace AkkaChat.Protocol.WebSockets;

/// <summary>Masks and unmasks payloads, which is the same (RFC 6455, section 5.3).</summary>
internal static class WebSocketMask
{
    /// <param name="payload">Changed in place.</param>
    /// <param name="mask">The four bytes of the mask, the first in the lowest byte.</param>
    /// <param name="offset">Where in the mask the payload begins, 0 to 3.</param>
    public static void Apply(Span<byte> payload, uint mask, int offset)
    {
        var rotated = BitOperations.RotateRight(mask, offset * 8);
        Span<ulong> words = BitConverter.IsLittleEndian ? MemoryMarshal.Cast<byte, ulong>(payload) : [];
        var wide = rotated | ((ulong)rotated << 32);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ^= wide;
        }

        var rest = payload[(words.Length * sizeof(ulong))..];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] ^= (byte)(rotated >> (8 * (i & 3)));
        }
    }
}
