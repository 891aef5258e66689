namespace AkkaChat.Nodes;

/// <summary>The arguments of an event or ack as they travel between nodes.</summary>
/// <param name="Json">The JSON of each, with placeholders for binary.</param>
/// <param name="Attachments">What the placeholders stand for.</param>
internal sealed record ArgumentData(
    IReadOnlyList<ReadOnlyMemory<byte>> Json, IReadOnlyList<ReadOnlyMemory<byte>> Attachments)
{
    public static readonly ArgumentData None = new([], []);

    /// <summary>About how many bytes it takes.</summary>
    public int Size => Json.Sum(json => json.Length) + Attachments.Sum(attachment => attachment.Length);
}
