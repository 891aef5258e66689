using System.Text;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// What stands before the JSON of a Socket.IO packet. <see cref="Length"/> is the bytes that it takes.
/// </summary>
/// <remarks>
/// <code>
/// type [count -] [/namespace [?query] ,] [ack id] [JSON]
///
/// 0                      connect to "/"            2["a",1]               event
/// 0/admin,{"token":"x"}  connect to "/admin"       2/admin,17["a"]        event that wants an ack
/// 1/admin,               disconnect                52-/admin,17["a",..]   event with two attachments
/// </code>
/// The comma may be missing if nothing follows the namespace.
/// </remarks>
internal readonly record struct SocketPacketHeader(
    SocketPacketType Type, int? AttachmentCount, string Namespace, long? AckId, int Length)
{
    public const long MaxAckId = (1L << 53) - 1; // the largest integer that JavaScript counts to
    private const int MaxAckIdDigits = 16;
    private const int MaxCountDigits = 10;

    public static bool TryParse(
        ReadOnlySpan<byte> text, ProtocolLimits limits, out SocketPacketHeader header, out ProtocolError error)
    {
        header = default;
        var rest = text;
        if (!TryTakeType(ref rest, out var type, out error)
            || !TryTakeAttachmentCount(ref rest, type, limits, out var count, out error)
            || !TryTakeNamespace(ref rest, limits, out var name, out error)
            || !TryTakeAckId(ref rest, type, out var ackId, out error))
        {
            return false;
        }

        header = new SocketPacketHeader(type, count, name, ackId, text.Length - rest.Length);
        return true;
    }

    private static bool TryTakeType(ref ReadOnlySpan<byte> rest, out SocketPacketType type, out ProtocolError error)
    {
        type = default;
        error = default;
        if (rest.IsEmpty)
        {
            return ProtocolError.Fail("a Socket.IO packet is empty", out error);
        }

        if (rest[0] is < (byte)'0' or > (byte)'6')
        {
            return ProtocolError.Fail($"unknown Socket.IO packet type {ProtocolError.Show(rest[0])}", out error);
        }

        type = (SocketPacketType)(rest[0] - '0');
        rest = rest[1..];
        return true;
    }

    private static bool TryTakeAttachmentCount(
        ref ReadOnlySpan<byte> rest,
        SocketPacketType type,
        ProtocolLimits limits,
        out int? count,
        out ProtocolError error)
    {
        count = null;
        error = default;
        if (type is not (SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck))
        {
            return true;
        }

        if (!TryTakeNumber(ref rest, MaxCountDigits, out var number) || rest is not [(byte)'-', ..])
        {
            return ProtocolError.Fail("a binary packet has no attachment count", out error);
        }

        if (number > limits.MaxAttachments)
        {
            return ProtocolError.Fail(
                $"attachment count {number} is over the limit of {limits.MaxAttachments} (max-attachments)", out error);
        }

        count = (int)number;
        rest = rest[1..];
        return true;
    }

    private static bool TryTakeNamespace(
        ref ReadOnlySpan<byte> rest, ProtocolLimits limits, out string name, out ProtocolError error)
    {
        name = "/";
        error = default;
        if (rest is not [(byte)'/', ..])
        {
            return true;
        }

        var comma = rest.IndexOf((byte)',');
        var path = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];

        return TryReadNamespace(path, limits, out name, out error);
    }

    /// <summary>A namespace as clients write it: its query is not part of the name.</summary>
    public static bool TryReadNamespace(
        ReadOnlySpan<byte> path, ProtocolLimits limits, out string name, out ProtocolError error)
    {
        name = "/";
        var query = path.IndexOf((byte)'?');
        path = query < 0 ? path : path[..query];
        if (!ProtocolName.TryCheckLength(path.Length, "a namespace", limits.MaxNameLength, out error))
        {
            return false;
        }

        name = path.Length == 1 ? name : Encoding.UTF8.GetString(path);
        return ProtocolName.TryCheck(name, "a namespace", limits.MaxNameLength, out error);
    }

    private static bool TryTakeAckId(
        ref ReadOnlySpan<byte> rest, SocketPacketType type, out long? ackId, out ProtocolError error)
    {
        ackId = null;
        error = default;
        var isAck = type is SocketPacketType.Ack or SocketPacketType.BinaryAck;
        var isEvent = type is SocketPacketType.Event or SocketPacketType.BinaryEvent;
        if (!isAck && !(isEvent && StartsWithDigit(rest)))
        {
            return true;
        }

        if (!TryTakeNumber(ref rest, MaxAckIdDigits, out var number) || number > MaxAckId)
        {
            return ProtocolError.Fail($"an ack id is missing or not within 0..{MaxAckId}", out error);
        }

        ackId = number;
        return true;
    }

    /// <summary>
    /// False if there is no digit, or more digits than allowed: the rest of a long row is never looked at.
    /// </summary>
    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, int maxDigits, out long number)
    {
        number = 0;
        var digits = 0;
        while (StartsWithDigit(rest) && digits <= maxDigits)
        {
            number = (number * 10) + (rest[0] - '0');
            rest = rest[1..];
            digits++;
        }

        return digits > 0 && digits <= maxDigits;
    }

    private static bool StartsWithDigit(ReadOnlySpan<byte> text) => text is [>= (byte)'0' and <= (byte)'9', ..];
}
