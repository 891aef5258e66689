namespace AkkaChat;

/// <summary>One message of a bare Engine.IO connection: text or binary.</summary>
/// <param name="Data">The bytes; of a text its UTF-8.</param>
/// <param name="IsBinary">Whether it is binary.</param>
public readonly record struct EngineMessage(ReadOnlyMemory<byte> Data, bool IsBinary)
{
    /// <summary>The text of a text message.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Data.Span);
}
