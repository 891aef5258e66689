using System.Text;
using System.Text.Json;
using AkkaChat.Protocol.SocketIO;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.Support;

/// <summary>An event or ack as an application would send it; the JSON of its arguments as text.</summary>
internal sealed record SamplePacket(
    string Namespace, long? AckId, string EventName, string[] Arguments, byte[][] Attachments, string Space)
{
    /// <summary>The arguments, and after them a placeholder for each attachment, every second one nested.</summary>
    public string[] AllArguments() =>
    [
        .. Arguments,
        .. Attachments.Select((_, i) => i % 2 == 0
            ? $$"""{"_placeholder":true,"num":{{i}}}"""
            : $$"""[{"file":{"num":{{i}},"_placeholder":true} }]"""),
    ];

    public byte[] JsonArray(bool withName)
    {
        string[] elements = withName ? [JsonSerializer.Serialize(EventName), .. AllArguments()] : AllArguments();
        return Encoding.UTF8.GetBytes($"{Space}[{Space}{string.Join($"{Space},{Space}", elements)}{Space}]{Space}");
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> AttachmentList() =>
        [.. Attachments.Select(a => new ReadOnlyMemory<byte>(a))];
}

/// <summary>Random packets, JSON, names and hostile bytes.</summary>
internal static class Generators
{
    private static readonly string[] NameParts =
    [
        "a", "Z", "0", " ", "chat", ".", "..", "/", "-", "#", "%2F", "user/$a",
        "é", "e\u0301", "İ", "中文", "😀", "\u2028", "[", "{",
    ];

    private static readonly string[] TextParts =
        [.. NameParts, ",", "?", "\"", "\\", "\n", "\u0000", "\u001e", "\ufffd", "\\ud800"];

    private static readonly string[] Numbers =
        ["0", "-0", "1", "-1", "1.5", "1e400", "-1E-400", "1.0e+2", "9007199254740993", "12345678901234567890123"];

    private static readonly string[] WireParts =
    [
        "0", "1", "2", "3", "4", "5", "6", "7", "9", "-", "/", ",", "?", "[", "]", "{", "}", "\"", "\\", ":", " ",
        "b", "=", "\u001e", "AQID", "\"a\"", "\\ud800", "\\udc00", "1e400", "true", "null", "/nsp,", "51-", "[\"a\",",
        "{\"_placeholder\":true,\"num\":0}", "\"_placeholder\":true", "\"num\":", "é", "\u0000",
    ];

    public static Gen<string> Namespace { get; } =
        Gen.OneOf(Gen.Constant("/"), Concatenation(NameParts).Select(name => "/" + name));

    public static Gen<string> EventName { get; } =
        Concatenation([.. NameParts, ",", "?", "\"", "\\"]).Where(name => !ReservedEvents.Contains(name));

    /// <summary>Text that a bare Engine.IO message can carry over polling: all but the separator.</summary>
    public static Gen<string> MessageText { get; } =
        Concatenation([.. TextParts.Where(part => part != "\u001e"), .. WireParts.Where(part => part != "\u001e")]);

    public static Gen<byte[]> Binary { get; } =
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf();

    public static Gen<string> Json { get; } = Gen.Sized(size => JsonOf(Math.Min(size, 12)));

    public static Gen<SamplePacket> Packet { get; } =
        from name in Namespace
        from ackId in Gen.Elements<long?>(null, 0, 7, 17, 9_007_199_254_740_991)
        from eventName in EventName
        from arguments in Json.ArrayOf()
        from attachmentCount in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 10)))
        from attachments in Binary.ArrayOf(attachmentCount)
        from space in Gen.Elements("", "", " ", "\n\t")
        select new SamplePacket(name, ackId, eventName, [.. arguments.Take(40)], attachments, space);

    /// <summary>Bytes that look a little like the protocol, or not at all.</summary>
    public static Gen<byte[]> Hostile { get; } = Gen.OneOf(
        Binary,
        Concatenation(WireParts).Select(Encoding.UTF8.GetBytes),
        Concatenation(WireParts).SelectMany(
            _ => Binary, (text, tail) => (byte[])[.. Encoding.UTF8.GetBytes(text), .. tail]),
        Json.Select(json => Encoding.UTF8.GetBytes("2" + json)));

    private static Gen<string> Concatenation(string[] parts) =>
        Gen.Elements(parts).ArrayOf().Select(chosen => string.Concat(chosen.Take(60)));

    private static Gen<string> JsonOf(int size)
    {
        var text = Concatenation(TextParts).Select(value => JsonSerializer.Serialize(value));
        var scalar = Gen.OneOf(Gen.Elements("null", "true", "false"), Gen.Elements(Numbers), text);
        if (size == 0)
        {
            return scalar;
        }

        var inner = JsonOf(size / 3);
        var array = Gen.Choose(0, 4).SelectMany(count => inner.ArrayOf(count)).Select(e => $"[{string.Join(", ", e)}]");
        var member = text.SelectMany(_ => inner, (name, value) => $"{name} :{value}");
        var obj = Gen.Choose(0, 4).SelectMany(count => member.ArrayOf(count)).Select(m => $"{{{string.Join(",", m)}}}");
        return Gen.OneOf(scalar, array, obj);
    }
}
