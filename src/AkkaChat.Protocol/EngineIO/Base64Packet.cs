using System.Buffers;
using System.Buffers.Text;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>Binary messages as base64: standard alphabet, padded, no white space.</summary>
internal static class Base64Packet
{
    public static bool TryDecode(ReadOnlySpan<byte> base64, out EnginePacket packet, out ProtocolError error)
    {
        packet = default;
        if (base64.Length % 4 != 0)
        {
            return ProtocolError.Fail("the base64 of a binary packet has a wrong length", out error);
        }

        // Base64 skips white space, which leaves the exact-size target partly empty: that is how it's noticed.
        var data = new byte[(base64.Length / 4 * 3) - PaddingLength(base64)];
        var status = Base64.DecodeFromUtf8(base64, data, out _, out var written);
        if (status != OperationStatus.Done || written != data.Length)
        {
            return ProtocolError.Fail("a binary packet is not valid base64", out error);
        }

        packet = EnginePacketCodec.FromBinary(data);
        error = default;
        return true;
    }

    private static int PaddingLength(ReadOnlySpan<byte> base64) => base64 switch
    {
        [.., (byte)'=', (byte)'='] => 2,
        [.., (byte)'='] => 1,
        _ => 0,
    };
}
