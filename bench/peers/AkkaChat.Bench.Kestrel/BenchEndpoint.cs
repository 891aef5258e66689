using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace AkkaChat.Bench.Kestrel;

/// <summary>
/// The benchmark's little application with nothing but Kestrel's WebSockets: bare JSON objects, told apart by their first member
/// (join, chat, echo).
/// </summary>
internal sealed class BenchEndpoint
{
    private const int BufferLength = 32 * 1024;

    private readonly ConcurrentDictionary<string, Room> _rooms = new();

    public async Task HandleAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new Connection(socket);
        var writing = connection.WriteAsync(context.RequestAborted);
        Room? room = null;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (await ReadAsync(socket, buffer, context.RequestAborted) is var length and > 0)
            {
                room = Take(connection, buffer.AsMemory(0, length), room);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client went without a farewell.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            room?.Remove(connection);
            connection.Complete();
        }

        await writing.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>The length of the next message; 0 if the client is done, or a message doesn't fit.</summary>
    private static async ValueTask<int> ReadAsync(WebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close || part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Close ? 0 : length;
            }
        }

        return 0;
    }

    private Room? Take(Connection connection, ReadOnlyMemory<byte> message, Room? room)
    {
        var reader = new Utf8JsonReader(message.Span);
        reader.Read();
        reader.Read();
        if (reader.ValueTextEquals("join"u8))
        {
            reader.Read();
            room = _rooms.GetOrAdd(reader.GetString()!, _ => new Room());
            room.Add(connection);
            connection.Send("{\"joined\":true}"u8.ToArray());
        }
        else if (reader.ValueTextEquals("chat"u8))
        {
            Broadcast(ref reader);
        }
        else
        {
            connection.Send(Encode("echo"u8, ref reader));
        }

        return room;
    }

    private void Broadcast(ref Utf8JsonReader reader)
    {
        var encoded = Encode("chat"u8, ref reader);
        reader.Read();
        reader.Read();
        if (_rooms.TryGetValue(reader.GetString()!, out var room))
        {
            room.Broadcast(encoded);
        }
    }

    private static byte[] Encode(ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        reader.Read();
        var output = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WritePropertyName(name);
        writer.WriteStringValue(reader.GetString());
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
