using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Encodes what a server sends: one text with the Engine.IO digit 4 before it, and the attachments if any.
/// </summary>
/// <remarks>
/// <code>
/// 4 type [count -] [/namespace ,] [ack id] [JSON]
///
/// 40/admin,{"sid":"x"}      42["a",1]      451-["a",{"_placeholder":true,"num":0}]      4317["ok"]
/// </code>
/// Names and JSON are the caller's: they are valid, and the JSON has a placeholder for each attachment.
/// </remarks>
internal static class SocketPacketEncoder
{
    private const int MaxDigits = 20;

    public static WirePacket Connect(string nsp, string? sid)
    {
        if (sid is null)
        {
            return Text(SocketPacketType.Connect, nsp, []);
        }

        ReadOnlySpan<byte> escapedSid = JsonEncodedText.Encode(sid).EncodedUtf8Bytes;
        ReadOnlySpan<byte> json = [.. "{\"sid\":\""u8, .. escapedSid, .. "\"}"u8];
        return Text(SocketPacketType.Connect, nsp, json);
    }

    public static WirePacket ConnectError(string nsp, ReadOnlySpan<byte> json) =>
        Text(SocketPacketType.ConnectError, nsp, json);

    public static WirePacket Disconnect(string nsp) => Text(SocketPacketType.Disconnect, nsp, []);

    public static WirePacket Event(
        string nsp, long? ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var type = attachments.Count == 0 ? SocketPacketType.Event : SocketPacketType.BinaryEvent;
        return WirePacket.Of(Encode(type, attachments.Count, nsp, ackId, jsonArray), attachments);
    }

    public static WirePacket Ack(
        string nsp, long ackId, ReadOnlySpan<byte> jsonArray, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var type = attachments.Count == 0 ? SocketPacketType.Ack : SocketPacketType.BinaryAck;
        return WirePacket.Of(Encode(type, attachments.Count, nsp, ackId, jsonArray), attachments);
    }

    private static WirePacket Text(SocketPacketType type, string nsp, ReadOnlySpan<byte> json) =>
        WirePacket.Of(Encode(type, attachmentCount: 0, nsp, ackId: null, json));

    private static WireMessage Encode(
        SocketPacketType type, int attachmentCount, string nsp, long? ackId, ReadOnlySpan<byte> json)
    {
        Span<byte> count = stackalloc byte[MaxDigits];
        Span<byte> ack = stackalloc byte[MaxDigits];
        count = count[..(attachmentCount == 0 ? 0 : Format(attachmentCount, count))];
        ack = ack[..(ackId is { } id ? Format(id, ack) : 0)];

        var name = nsp == "/" ? "" : nsp;
        var nameLength = Encoding.UTF8.GetByteCount(name);
        var text = new byte[2 + LengthWithEnd(count.Length) + LengthWithEnd(nameLength) + ack.Length + json.Length];
        text[0] = (byte)EnginePacketType.Message;
        text[1] = (byte)('0' + (byte)type);

        var rest = text.AsSpan(2);
        count.CopyTo(rest);
        rest = EndPart(rest, count.Length, (byte)'-');
        Encoding.UTF8.GetBytes(name, rest);
        rest = EndPart(rest, nameLength, (byte)',');
        ack.CopyTo(rest);
        json.CopyTo(rest[ack.Length..]);
        return WireMessage.Text(text);
    }

    /// <summary>An optional part is ended by a character of its own, unless it's absent.</summary>
    private static int LengthWithEnd(int length) => length == 0 ? 0 : length + 1;

    private static Span<byte> EndPart(Span<byte> text, int length, byte end)
    {
        if (length > 0)
        {
            text[length] = end;
        }

        return text[LengthWithEnd(length)..];
    }

    private static int Format(long number, Span<byte> target) =>
        Utf8Formatter.TryFormat(number, target, out var written) ? written : 0;
}
