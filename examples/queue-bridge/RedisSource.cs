using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace QueueBridge;

/// <summary>
/// Channels of a Redis server: as much of its protocol (RESP 2) as a subscription needs. A program of yours will take a
/// client library, for TLS and passwords. Redis forgets what it publishes while nobody is subscribed.
/// </summary>
internal sealed partial class RedisSource(
    string address, IEnumerable<string> channels, IEnumerable<string> patterns, ILogger<RedisSource> logger) : IMessageSource
{
    private const int LargestPart = 64 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<QueueMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = new TcpClient();
            var input = await ConnectAsync(client, cancellationToken);
            while (input is not null && await NextAsync(input, cancellationToken) is { } parts)
            {
                if (parts is [_, _, _] or [_, _, _, _] && Encoding.UTF8.GetString(parts[0]) is "message" or "pmessage")
                {
                    yield return new QueueMessage(Encoding.UTF8.GetString(parts[^2]), parts[^1]);
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<PipeReader?> ConnectAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            var server = IPEndPoint.Parse(address);
            await client.ConnectAsync(server.Address, server.Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Command("SUBSCRIBE", channels), cancellationToken);
            await stream.WriteAsync(Command("PSUBSCRIBE", patterns), cancellationToken);
            Subscribed(address);
            return PipeReader.Create(stream);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            Lost(address, exception.Message);
            return null;
        }
    }

    private static byte[] Command(string name, IEnumerable<string> arguments)
    {
        string[] parts = [name, .. arguments];
        return Encoding.UTF8.GetBytes(
            $"*{parts.Length}\r\n" + string.Concat(parts.Select(part => $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n")));
    }

    /// <summary>The parts of what comes next; null when the connection is lost.</summary>
    private async Task<byte[][]?> NextAsync(PipeReader input, CancellationToken cancellationToken)
    {
        try
        {
            var parts = new byte[await HeadAsync(input, '*', cancellationToken)][];
            for (var index = 0; index < parts.Length; index++)
            {
                parts[index] = await PartAsync(input, cancellationToken);
            }

            return parts;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            Lost(address, exception.Message);
            return null;
        }
    }

    /// <summary>A text with its length before it, or a number.</summary>
    private static async Task<byte[]> PartAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var line = await LineAsync(input, cancellationToken);
        if (line is [(byte)':', ..])
        {
            return line;
        }

        var length = Number(line, '$');
        var result = await input.ReadAtLeastAsync(length + 2, cancellationToken);
        var part = result.Buffer.Length >= length + 2
            ? result.Buffer.Slice(0, length).ToArray()
            : throw new EndOfStreamException("The connection has ended.");
        input.AdvanceTo(result.Buffer.GetPosition(length + 2));
        return part;
    }

    private static async Task<int> HeadAsync(PipeReader input, char kind, CancellationToken cancellationToken) =>
        Number(await LineAsync(input, cancellationToken), kind) is var count and <= 4
            ? count
            : throw new InvalidDataException("Redis says something else.");

    private static int Number(byte[] line, char kind) =>
        line.Length > 1 && line[0] == kind && Utf8Parser.TryParse(line.AsSpan(1), out int number, out var used)
            && used == line.Length - 1 && number is >= 0 and <= LargestPart
            ? number
            : throw new InvalidDataException($"Redis says: {Encoding.UTF8.GetString(line)}");

    private static async Task<byte[]> LineAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = result.Buffer.Slice(0, end).ToArray();
                input.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line.AsSpan().TrimEnd((byte)'\r').ToArray();
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted || result.Buffer.Length > 512)
            {
                throw new EndOfStreamException("The connection has ended.");
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Subscribed to channels of Redis at {Address}.")]
    private partial void Subscribed(string address);

    [LoggerMessage(2, LogLevel.Warning, "Redis at {Address} cannot be read, trying again: {Why}")]
    private partial void Lost(string address, string why);
}
