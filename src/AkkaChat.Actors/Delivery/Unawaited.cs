namespace AkkaChat.Delivery;

/// <summary>An operation that nobody waits for.</summary>
internal sealed class Unawaited : Operation
{
    /// <inheritdoc/>
    public override void Start()
    {
    }
}
