using System.Buffers;
using System.Text.Json;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>The open packet, the first that a server sends on a new session; times in milliseconds.</summary>
/// <remarks>
/// <code>0{"sid":"x","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}</code>
/// </remarks>
internal static class EngineHandshake
{
    public static WirePacket Encode(
        string sid, IReadOnlyList<string> upgrades, TimeSpan pingInterval, TimeSpan pingTimeout, int maxPayload)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write([(byte)EnginePacketType.Open]);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("sid"u8, sid);
            json.WriteStartArray("upgrades"u8);
            foreach (var upgrade in upgrades)
            {
                json.WriteStringValue(upgrade);
            }

            json.WriteEndArray();
            json.WriteNumber("pingInterval"u8, (long)pingInterval.TotalMilliseconds);
            json.WriteNumber("pingTimeout"u8, (long)pingTimeout.TotalMilliseconds);
            json.WriteNumber("maxPayload"u8, maxPayload);
            json.WriteEndObject();
        }

        return WirePacket.Of(WireMessage.Text(output.WrittenSpan.ToArray()));
    }
}
