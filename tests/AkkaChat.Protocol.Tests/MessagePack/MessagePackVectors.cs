namespace AkkaChat.Protocol.Tests.MessagePack;

/// <summary>What socket.io-msgpack-parser 3.0.2 (notepack.io 2.2.0) makes of packets, as it was run.</summary>
internal static class MessagePackVectors
{
    public const string Connect = "83a47479706500a464617461d40000a36e7370a12f";
    public const string ConnectAuth = "83a47479706500a46461746181a5746f6b656ea2c3a9a36e7370a62f61646d696e";
    public const string Event =
        "84a47479706502a46461746197a16101ffcb3ff8000000000000c0c3a2c3a9a76f7074696f6e7381a8636f6d7072657373c3a36e7370a12f";

    public const string EventWithAck =
        "85a47479706502a46461746192a16181a16290a76f7074696f6e7381a8636f6d7072657373c3a2696411a36e7370a12f";

    public const string Binary = "84a47479706502a46461746193a162c402010281a163c40103a76f7074696f6e7380a36e7370a22f6e";
    public const string ArrayBuffer = "83a47479706502a46461746192a162c702000506a36e7370a12f";
    public const string Specials =
        "83a47479706502a46461746194a164d7000000018bcfe5687bd4000082a175d40000a16ecb7ff8000000000000a36e7370a12f";

    public const string DateBefore1970 = "83a47479706502a46461746192a164d700ffffffffffffffffa36e7370a12f";
    public const string Numbers =
        "83a47479706502a464617461dc0012a16e7fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000cf001fffffffffffff"
        + "e0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffffa36e7370a12f";

    public const string Disconnect = "82a47479706501a36e7370a22f6e";
    public const string Ack = "84a47479706503a2696403a46461746191a26f6ba36e7370a12f";

    public const string ServerConnect = "83a47479706500a36e7370a22f6ea46461746181a3736964a178";
    public const string ServerEvent = "83a47479706502a36e7370a12fa46461746197a16101ffcb3ff8000000000000c0c3a2c3a9";
    public const string ServerAck = "84a47479706503a36e7370a12fa46461746192c402010281a163c40103a26964cd012c";
    public const string ServerError = "83a47479706504a36e7370a12fa46461746181a76d657373616765a26e6f";
    public const string ServerNumbers =
        "83a47479706502a36e7370a12fa464617461dc0012a16e7fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000"
        + "cf001fffffffffffffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffff";

    public const string NumbersJson =
        """["n",127,128,255,256,65535,65536,4294967295,4294967296,9007199254740991,-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649]""";

    public static TheoryData<string> OfClients =>
    [
        Connect, ConnectAuth, Event, EventWithAck, Binary, ArrayBuffer, Specials, DateBefore1970, Numbers, Disconnect, Ack,
    ];
}
