using System.Buffers;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>Writes the answer to a poll: all messages of the packets, in order, joined by the separator 0x1e.</summary>
internal static class PollingPayloadWriter
{
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<WirePacket> packets)
    {
        var isFirst = true;
        foreach (var packet in packets)
        {
            foreach (var message in packet.Messages)
            {
                if (!isFirst)
                {
                    output.Write([PollingPayload.Separator]);
                }

                message.WritePolling(output);
                isFirst = false;
            }
        }
    }
}
