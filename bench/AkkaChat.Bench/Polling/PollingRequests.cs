using System.Text;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Polling;

/// <summary>The requests of one session, written once; only the stamp of the echo changes.</summary>
internal sealed class PollingRequests
{
    private const string Path = "/socket.io/?EIO=4&transport=polling";

    private readonly byte[] _echo;
    private readonly int _stampAt;

    public PollingRequests(string sid, int port, int payloadLength)
    {
        Poll = Get($"{Path}&sid={sid}", port);
        Join = Post(sid, port, "40/bench,");
        Pong = Post(sid, port, "3");
        _echo = Post(sid, port, $"""42/bench,1["echo","{Stamp.Payload(payloadLength)}"]""");
        _stampAt = _echo.AsSpan().LastIndexOf((byte)'~');
    }

    public byte[] Poll { get; }

    public byte[] Join { get; }

    public byte[] Pong { get; }

    /// <summary>Opens a session.</summary>
    public static byte[] Open(int port) => Get(Path, port);

    /// <summary>Asks for an echo; valid until the next call.</summary>
    public ReadOnlySpan<byte> Echo(in Stamp stamp)
    {
        stamp.Write(_echo.AsSpan(_stampAt));
        return _echo;
    }

    private static byte[] Get(string path, int port) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");

    private static byte[] Post(string sid, int port, string body) => Encoding.ASCII.GetBytes(
        $"POST {Path}&sid={sid} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: text/plain;charset=UTF-8\r\n"
        + $"Content-Length: {body.Length}\r\n\r\n{body}");
}
