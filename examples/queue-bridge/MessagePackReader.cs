using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace QueueBridge;

/// <summary>
/// Reads MessagePack as objects that AkkaChat can emit: a closed set of types, none of which a message can name. Maps
/// are dictionaries, binary is byte[], dates are text as in JavaScript's JSON.
/// </summary>
internal ref struct MessagePackReader
{
    private const int MaxDepth = 64;

    private ReadOnlySpan<byte> _rest;

    private MessagePackReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <exception cref="InvalidDataException">The bytes are not one value.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var value = reader.Value(MaxDepth);
        return reader._rest.IsEmpty ? value : throw new InvalidDataException("Something is behind the value.");
    }

    private object? Value(int depth)
    {
        var code = Take(1)[0];
        return code switch
        {
            < 0x80 => (int)code,
            < 0x90 => Map(code & 15, depth),
            < 0xa0 => Array(code & 15, depth),
            < 0xc0 => Text(code & 31),
            >= 0xe0 => (int)(sbyte)code,
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 or 0xc5 or 0xc6 => Take(Size(1 << (code - 0xc4))).ToArray(),
            0xca => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            0xd9 or 0xda or 0xdb => Text(Size(1 << (code - 0xd9))),
            0xdc or 0xdd => Array(Size(2 << (code - 0xdc)), depth),
            0xde or 0xdf => Map(Size(2 << (code - 0xde)), depth),
            _ => Number(code),
        };
    }

    private object? Number(byte code) => code switch
    {
        0xcc => (int)Take(1)[0],
        0xcd => (int)BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        0xd0 => (int)(sbyte)Take(1)[0],
        0xd1 => (int)BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        0xd6 => Date(4),
        0xd7 => Date(8),
        0xc7 => Date(Size(1)),
        _ => throw new InvalidDataException($"The type {code:x2} is not taken."),
    };

    private List<object?> Array(int count, int depth)
    {
        Descend(count, depth);
        List<object?> items = [];
        for (var index = 0; index < count; index++)
        {
            items.Add(Value(depth - 1));
        }

        return items;
    }

    private Dictionary<string, object?> Map(int count, int depth)
    {
        Descend(count, depth);
        Dictionary<string, object?> members = new(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var name = Value(depth - 1) as string ?? throw new InvalidDataException("A member's name is no text.");
            members[name] = Value(depth - 1);
        }

        return members;
    }

    /// <summary>The extension -1: seconds since 1970, or with nanoseconds.</summary>
    private string Date(int size)
    {
        if ((sbyte)Take(1)[0] != -1)
        {
            throw new InvalidDataException("The extension is not taken.");
        }

        var bytes = Take(size);
        var (seconds, nanoseconds) = size switch
        {
            4 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0u),
            8 => ((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0x3_ffff_ffff), (uint)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 34)),
            12 => (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            _ => throw new InvalidDataException("It is no date."),
        };
        return seconds is > -62_135_596_800 and < 253_402_300_800 && nanoseconds < 1_000_000_000
            ? DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(nanoseconds / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : throw new InvalidDataException("The date is out of range.");
    }

    private string Text(int size) => Encoding.UTF8.GetString(Take(size));

    /// <summary>Each item takes a byte at least, so that no message claims more than it brings.</summary>
    private readonly void Descend(int count, int depth)
    {
        if (depth == 0 || count > _rest.Length)
        {
            throw new InvalidDataException("It is nested too deep, or shorter than it says.");
        }
    }

    private int Size(int width)
    {
        var bytes = Take(width);
        var size = width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return size <= int.MaxValue ? (int)size : throw new InvalidDataException("It is too long.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("It is shorter than it says.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
