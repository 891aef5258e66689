using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.MessagePack;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Serialization;

namespace AkkaChat.Testing.Connections;

/// <summary>
/// How test clients write and read packets: as the server does, so that the same types fit, but also for types that a
/// source-generated context of the application does not know. Thread-safe.
/// </summary>
internal sealed class ClientCodec
{
    private static readonly ProtocolLimits Generous = new() { MaxAttachments = 1000, MaxDepth = 512, MaxNameLength = 65536 };

    private readonly JsonSerializerOptions _options;

    public ClientCodec(JsonSerializerOptions? serverOptions, PacketFormat format)
    {
        _options = new JsonSerializerOptions(serverOptions ?? JsonSerializerOptions.Web);
        if (_options.TypeInfoResolverChain.Count > 0)
        {
            _options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        }

        Serializer = new ArgumentSerializer(_options, format);
    }

    public ArgumentSerializer Serializer { get; }

    /// <summary>What a client asks to join a namespace with.</summary>
    public WirePacket Connect(string nsp, object? auth)
    {
        var json = auth is null ? [] : JsonSerializer.SerializeToUtf8Bytes(auth, auth.GetType(), _options);
        if (Serializer.Format != PacketFormat.Json)
        {
            return MessagePackEncoder.Encode(SocketPacketType.Connect, nsp, json, [], ackId: null);
        }

        var name = nsp == "/" ? "" : nsp + ",";
        return EnginePacketCodec.EncodeMessage($"0{name}{Encoding.UTF8.GetString(json)}");
    }

    public WirePacket Disconnect(string nsp) => Serializer.Format.Disconnect(nsp);

    public WirePacket Event(string nsp, long? ackId, string eventName, object?[] arguments) =>
        Serializer.Event(nsp, ackId, eventName, arguments);

    public WirePacket Ack(string nsp, long ackId, object?[] arguments) => Serializer.Ack(nsp, ackId, arguments);

    public IPacketDecoder CreateDecoder() => Serializer.Format.CreateDecoder(Generous, isLegacy: false);
}
