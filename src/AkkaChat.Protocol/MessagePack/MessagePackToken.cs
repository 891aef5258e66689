namespace AkkaChat.Protocol.MessagePack;

/// <summary>One scalar value, or the head of an array or map.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">The number itself, a float's bits, 1 for true, or how many elements or members follow.</param>
/// <param name="Start">Of a string or binary where its bytes begin.</param>
/// <param name="Length">Of a string or binary how many bytes it has.</param>
internal readonly record struct MessagePackToken(MessagePackKind Kind, long Bits, int Start, int Length)
{
    /// <summary>Of a string or binary its bytes, in the input that it was read from.</summary>
    public ReadOnlySpan<byte> BytesIn(ReadOnlySpan<byte> input) => input.Slice(Start, Length);
}
