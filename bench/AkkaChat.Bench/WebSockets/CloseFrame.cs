using System.Buffers.Binary;
using System.Text;

namespace AkkaChat.Bench.WebSockets;

/// <summary>The payload with which a server ends a WebSocket (RFC 6455, 5.5.1).</summary>
internal static class CloseFrame
{
    public static string TextOf(ReadOnlySpan<byte> payload) => payload.Length < 2
        ? "without a code"
        : $"code {BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload[2..])}";
}
