namespace AkkaChat.Protocol.EngineIO;

/// <summary>The two bytes that give a polling payload its structure.</summary>
internal static class PollingPayload
{
    public const byte Separator = 0x1e;
    public const byte BinaryPrefix = (byte)'b';
}
