using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>Writes the answer to a poll of an Engine.IO 3 client: as text, or as bytes if it has and takes them.</summary>
/// <remarks>
/// <code>
/// text    length in UTF-16 code units, colon, packet             6:4hello10:b4AQIDBA==
/// bytes   00 text or 01 binary, the digits of the length in      00 06 ff 34 68 65 6c 6c 6f
///         bytes as numbers, ff, the packet                       01 05 ff 04 01 02 03 04
/// </code>
/// </remarks>
internal static class LegacyPayloadWriter
{
    public const byte LengthEnd = 0xff;

    private const byte TextMark = 0;
    private const byte BinaryMark = 1;
    private const int MaxDigits = 10;

    /// <summary>Whether the answer is one of bytes.</summary>
    public static bool IsBinary(ReadOnlySpan<WirePacket> packets, EngineDialect dialect)
    {
        if (dialect.TakesBinary)
        {
            foreach (var packet in packets)
            {
                foreach (var message in packet.Messages)
                {
                    if (message.IsBinary)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<WirePacket> packets)
    {
        foreach (var packet in packets)
        {
            foreach (var message in packet.Messages)
            {
                var text = message.IsBinary ? LegacyPacketCodec.ToBase64(message.Data.Span) : message.Data.Span;
                WriteNumber(output, Encoding.UTF8.GetCharCount(text), zero: (byte)'0');
                output.Write([(byte)':']);
                output.Write(text);
            }
        }
    }

    public static void WriteBinary(IBufferWriter<byte> output, ReadOnlySpan<WirePacket> packets)
    {
        foreach (var packet in packets)
        {
            foreach (var message in packet.Messages)
            {
                output.Write([message.IsBinary ? BinaryMark : TextMark]);
                WriteNumber(output, message.Data.Length + (message.IsBinary ? 1 : 0), zero: 0);
                output.Write(message.IsBinary ? [LengthEnd, LegacyPacketCodec.BinaryPrefix] : [LengthEnd]);
                output.Write(message.Data.Span);
            }
        }
    }

    private static void WriteNumber(IBufferWriter<byte> output, int number, byte zero)
    {
        var digits = output.GetSpan(MaxDigits);
        Utf8Formatter.TryFormat(number, digits, out var count);
        foreach (ref var digit in digits[..count])
        {
            digit = (byte)(digit - (byte)'0' + zero);
        }

        output.Advance(count);
    }
}
