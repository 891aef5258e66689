namespace AkkaChat.Protocol.MessagePack;

/// <summary>Writes MessagePack values in their shortest form.</summary>
internal static class MessagePackWriter
{
    private const byte FixMap = 0x80;
    private const byte FixArray = 0x90;
    private const byte FixString = 0xa0;
    private const byte Nil = 0xc0;
    private const byte False = 0xc2;
    private const byte Binary8 = 0xc4;
    private const byte Float64 = 0xcb;
    private const byte Unsigned8 = 0xcc;
    private const byte Signed8 = 0xd0;
    private const byte String8 = 0xd9;
    private const byte Array16 = 0xdc;
    private const byte Map16 = 0xde;

    public static void WriteNil(ref PooledBuffer output) => output.Write(Nil);

    public static void WriteBoolean(ref PooledBuffer output, bool value) => output.Write((byte)(False + (value ? 1 : 0)));

    public static void WriteMapHead(ref PooledBuffer output, int members) => WriteHead(ref output, members, FixMap, Map16);

    public static void WriteArrayHead(ref PooledBuffer output, int elements) =>
        WriteHead(ref output, elements, FixArray, Array16);

    public static void WriteString(ref PooledBuffer output, scoped ReadOnlySpan<byte> utf8)
    {
        WriteStringHead(ref output, utf8.Length);
        output.Write(utf8);
    }

    public static void WriteStringHead(ref PooledBuffer output, int length)
    {
        if (length < 32)
        {
            output.Write((byte)(FixString | length));
        }
        else
        {
            WriteLength(ref output, length, String8);
        }
    }

    public static void WriteBinary(ref PooledBuffer output, scoped ReadOnlySpan<byte> bytes)
    {
        WriteLength(ref output, bytes.Length, Binary8);
        output.Write(bytes);
    }

    public static void WriteFloat(ref PooledBuffer output, double value)
    {
        output.Write(Float64);
        output.WriteBigEndian(BitConverter.DoubleToUInt64Bits(value), 8);
    }

    public static void WriteInteger(ref PooledBuffer output, long value)
    {
        if (value >= 0)
        {
            WriteUnsigned(ref output, (ulong)value);
        }
        else if (value >= -32)
        {
            output.Write((byte)value);
        }
        else
        {
            var power = value switch
            {
                >= sbyte.MinValue => 0,
                >= short.MinValue => 1,
                >= int.MinValue => 2,
                _ => 3,
            };
            output.Write((byte)(Signed8 + power));
            output.WriteBigEndian((ulong)value, 1 << power);
        }
    }

    public static void WriteUnsigned(ref PooledBuffer output, ulong value)
    {
        if (value < 0x80)
        {
            output.Write((byte)value);
            return;
        }

        var power = value switch
        {
            <= byte.MaxValue => 0,
            <= ushort.MaxValue => 1,
            <= uint.MaxValue => 2,
            _ => 3,
        };
        output.Write((byte)(Unsigned8 + power));
        output.WriteBigEndian(value, 1 << power);
    }

    private static void WriteHead(ref PooledBuffer output, int count, byte shortest, byte head16)
    {
        if (count < 16)
        {
            output.Write((byte)(shortest | count));
            return;
        }

        var power = count <= ushort.MaxValue ? 0 : 1;
        output.Write((byte)(head16 + power));
        output.WriteBigEndian((ulong)count, 2 << power);
    }

    private static void WriteLength(ref PooledBuffer output, int length, byte head8)
    {
        var power = length switch
        {
            <= byte.MaxValue => 0,
            <= ushort.MaxValue => 1,
            _ => 2,
        };
        output.Write((byte)(head8 + power));
        output.WriteBigEndian((ulong)length, 1 << power);
    }
}
