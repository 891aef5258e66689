using AkkaChat.Protocol;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Serialization;
using BenchmarkDotNet.Attributes;

namespace AkkaChat.MicroBenchmarks;

/// <summary>Bytes to packets and back: once per message, however many members the room has.</summary>
public class CodecBenchmarks
{
    private readonly SocketPacketDecoder _decoder = new(ProtocolLimits.Default);
    private readonly object?[] _arguments = [Samples.Payload];

    [Benchmark]
    public object? DecodeEvent()
    {
        _decoder.AddText(Samples.ChatEvent, out var packet, out _);
        return packet;
    }

    [Benchmark]
    public object EncodeEmit() => ArgumentSerializer.Default.Event(Samples.Namespace, null, "chat", _arguments);

    [Benchmark]
    public int EncodeEmitToFrame() =>
        ArgumentSerializer.Default.Event(Samples.Namespace, null, "chat", _arguments).Messages[0].Frame.Length;
}
