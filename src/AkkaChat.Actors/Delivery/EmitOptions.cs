namespace AkkaChat.Delivery;

/// <summary>How something is sent.</summary>
/// <param name="IsVolatile">Whether it is dropped for a client to which it cannot be written at once.</param>
/// <param name="Compress">Whether it is worth compressing.</param>
/// <param name="Timeout">How long to wait for acks; null is the server's <c>call-timeout</c>.</param>
internal sealed record EmitOptions(bool IsVolatile, bool Compress, TimeSpan? Timeout)
{
    public static readonly EmitOptions Default = new(false, true, null);
}
