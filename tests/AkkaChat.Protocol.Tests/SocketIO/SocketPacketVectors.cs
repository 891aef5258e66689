namespace AkkaChat.Protocol.Tests.SocketIO;

/// <summary>
/// A packet without attachments on the wire and decoded. Both directions are tested with the same rows.
/// </summary>
public sealed record SocketPacketVector(
    string Wire, string Type, string Namespace, long? AckId, string? EventName, string[] Arguments, string Payload)
{
    public override string ToString() => Wire;
}

internal static class SocketPacketVectors
{
    /// <summary>As a server writes them: what decodes also encodes to the same text.</summary>
    public static SocketPacketVector[] Canonical { get; } =
    [
        Connect("""0{"sid":"x"}""", "/", """{"sid":"x"}"""),
        Connect("""0/admin,{"sid":"a-b_c"}""", "/admin", """{"sid":"a-b_c"}"""),
        ConnectError("""4{"message":"Not authorized"}""", "/", """{"message":"Not authorized"}"""),
        ConnectError("""4/random,{"message":"Invalid namespace"}""", "/random", """{"message":"Invalid namespace"}"""),
        Disconnect("1", "/"),
        Disconnect("1/admin,", "/admin"),
        Event("""2["a"]""", "/", null, "a"),
        Event("""2["message",1,"2",{"3":[true]}]""", "/", null, "message", "1", "\"2\"", """{"3":[true]}"""),
        Event("""2456["message-with-ack",null]""", "/", 456, "message-with-ack", "null"),
        Event("""20["a"]""", "/", 0, "a"),
        Event("""29007199254740991["a"]""", "/", 9_007_199_254_740_991, "a"),
        Event("""2/admin,["a",[]]""", "/admin", null, "a", "[]"),
        Event("""2/admin,17["a",[1,[2]],{"b":{}}]""", "/admin", 17, "a", "[1,[2]]", """{"b":{}}"""),
        Event("""2/é/中,1["😀","é"]""", "/é/中", 1, "😀", "\"é\""),
        Event("""2["",""]""", "/", null, "", "\"\""),
        Event("""2["a",{"_placeholder":true,"num":7}]""", "/", null, "a", """{"_placeholder":true,"num":7}"""),
        Ack("""3456[1,"2",{"3":[false]}]""", "/", 456, "1", "\"2\"", """{"3":[false]}"""),
        Ack("3/admin,0[]", "/admin", 0),
        Ack("""31["connect"]""", "/", 1, "\"connect\""),
        Ack("31[[]]", "/", 1, "[]"),
    ];

    /// <summary>Accepted from clients, though a server writes them otherwise.</summary>
    public static SocketPacketVector[] Tolerated { get; } =
    [
        Connect("0", "/", ""),
        Connect("0/", "/", ""),
        Connect("0/,", "/", ""),
        Connect("0/admin", "/admin", ""),
        Connect("0/admin,", "/admin", ""),
        Connect("""0/any?tok=1,{"a":1}""", "/any", """{"a":1}"""), // F-79
        Connect("0/any?tok=1&x=/y?z", "/any", ""),
        Connect("0/?tok=1", "/", ""),
        Connect("0{ }", "/", "{ }"),
        ConnectError("4", "/", ""),
        ConnectError("4\"no\"", "/", "\"no\""),
        Disconnect("1/admin", "/admin"),
        Event("2 [ \"a\" , 1 ,\t{ } ] ", "/", null, "a", "1", "{ }"),
        Event("""2/,["a"]""", "/", null, "a"),
        Event("""2/admin?tok=1,7["a"]""", "/admin", 7, "a"),
        Event("""2007["a"]""", "/", 7, "a"),
        Event("""2["\u0061\ud83d\ude00"]""", "/", null, "a😀"),
        Event("""2[1,"x"]""", "/", null, "1", "\"x\""), // N-21
        Event("2[-12]", "/", null, "-12"),
        Event("2[1.0]", "/", null, "1"),
        Event("2[1e2]", "/", null, "100"),
        Event("2[1.5]", "/", null, "1.5"),
        Event("2[-0]", "/", null, "0"),
        Event("2[1e400]", "/", null, "Infinity"),
        Event("50-[\"a\",1]", "/", null, "a", "1"),
        Ack("60-7[1]", "/", 7, "1"),
        Ack("3001[ ]", "/", 1),
    ];

    private static SocketPacketVector Connect(string wire, string nsp, string payload) =>
        new(wire, "Connect", nsp, null, null, [], payload);

    private static SocketPacketVector ConnectError(string wire, string nsp, string payload) =>
        new(wire, "ConnectError", nsp, null, null, [], payload);

    private static SocketPacketVector Disconnect(string wire, string nsp) =>
        new(wire, "Disconnect", nsp, null, null, [], "");

    private static SocketPacketVector Event(
        string wire, string nsp, long? ackId, string name, params string[] arguments) =>
        new(wire, "Event", nsp, ackId, name, arguments, "");

    private static SocketPacketVector Ack(string wire, string nsp, long? ackId, params string[] arguments) =>
        new(wire, "Ack", nsp, ackId, null, arguments, "");
}
