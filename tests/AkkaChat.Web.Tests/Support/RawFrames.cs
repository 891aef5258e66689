using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AkkaChat.Web.Tests.Support;

/// <summary>A WebSocket client by hand, down to the bits, for what no well-behaved client would send.</summary>
internal sealed class RawFrames : IAsyncDisposable
{
    public const int Continuation = 0x0;
    public const int Text = 0x1;
    public const int Binary = 0x2;
    public const int CloseFrame = 0x8;
    public const int PingFrame = 0x9;
    public const int PongFrame = 0xA;
    public const int Final = 0x80;

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawFrames(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    /// <summary>What the server answered to the upgrade request.</summary>
    public string ResponseHead { get; private set; } = "";

    /// <summary>Connects and opens a session, whose open packet is read.</summary>
    public static async Task<RawFrames> OpenAsync(string host, string path = TestServer.Echo)
    {
        var client = await RequestAsync(host, UpgradeRequest(host, path + "?EIO=4&transport=websocket"));
        Assert.StartsWith("HTTP/1.1 101", client.ResponseHead, StringComparison.Ordinal);
        var (opcode, payload) = await client.ReadAsync();
        Assert.Equal((Text, (byte)'0'), (opcode, payload[0]));
        return client;
    }

    /// <summary>Sends any HTTP request and reads the head of the answer.</summary>
    public static async Task<RawFrames> RequestAsync(string host, string request)
    {
        var client = await ConnectAsync(host);
        await client.WriteAsync(Encoding.UTF8.GetBytes(request));
        await client.ReadHeadAsync();
        return client;
    }

    public static async Task<RawFrames> ConnectAsync(string host)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", new Uri("http://" + host).Port).Soon();
        return new RawFrames(tcp);
    }

    public static string UpgradeRequest(string host, string target, params string[] headers) =>
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().Soon();

    /// <summary>Sends one frame; the first byte is given as it goes out: FIN, RSV bits and opcode.</summary>
    public Task SendAsync(int firstByte, byte[] payload, bool isMasked = true) =>
        WriteAsync(Frame(firstByte, payload, isMasked, payload.Length));

    public Task SendAsync(int firstByte, string payload) => SendAsync(firstByte, Encoding.UTF8.GetBytes(payload));

    /// <summary>A frame whose header promises another length than it has.</summary>
    public static byte[] Frame(int firstByte, byte[] payload, bool isMasked, long announcedLength)
    {
        var mask = isMasked ? 0x80 : 0;
        List<byte> frame = [(byte)firstByte];
        if (announcedLength is >= 0 and < 126)
        {
            frame.Add((byte)(mask | (int)announcedLength));
        }
        else
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, announcedLength);
            frame.Add((byte)(mask | 127));
            frame.AddRange(length);
        }

        // A mask of zeros leaves the payload as it is.
        frame.AddRange(isMasked ? new byte[4] : []);
        frame.AddRange(payload);
        return [.. frame];
    }

    /// <summary>Reads one frame of the server.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadAsync()
    {
        var head = await ReadExactlyAsync(2);
        long length = head[1];
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
        }
        else if (length == 127)
        {
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
        }

        return (head[0] & 0xF, await ReadExactlyAsync((int)length));
    }

    public async Task<string> ReadTextAsync() => Encoding.UTF8.GetString((await ReadAsync()).Payload);

    /// <summary>The code of the close frame, whatever comes before it; null if the server just broke off.</summary>
    public async Task<int?> CloseCodeAsync()
    {
        try
        {
            while (true)
            {
                var (opcode, payload) = await ReadAsync();
                if (opcode == CloseFrame)
                {
                    return BinaryPrimitives.ReadUInt16BigEndian(payload);
                }
            }
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads on to the end of the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all).Soon();
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    /// <summary>Says that nothing more will come, and goes on listening.</summary>
    public void EndOutput() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection by a TCP reset.</summary>
    public void Reset()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadExactlyAsync(1))[0]);
        }

        return ResponseHead = head.ToString();
    }

    /// <summary>The body of the answer whose head was read last.</summary>
    public async Task<string> ReadBodyAsync()
    {
        const string Name = "Content-Length: ";
        var length = ResponseHead[(ResponseHead.IndexOf(Name, StringComparison.Ordinal) + Name.Length)..].Split('\r')[0];
        return Encoding.UTF8.GetString(await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture)));
    }

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().Soon();
        return bytes;
    }
}
