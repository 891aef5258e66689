using System.Text;

namespace AkkaChat.Bench.WebSockets;

/// <summary>The HTTP exchange that opens a WebSocket (RFC 6455, 4.1); the server's answer to the key isn't checked.</summary>
internal static class Upgrade
{
    public static byte[] RequestFor(string pathAndQuery, int port) => Encoding.ASCII.GetBytes(
        $"GET {pathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

    /// <summary>How long the server's response is; 0 if it is not all there yet, negative if it is a refusal.</summary>
    public static int ResponseLength(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        return data.StartsWith("HTTP/1.1 101"u8) ? end + 4 : -1;
    }
}
