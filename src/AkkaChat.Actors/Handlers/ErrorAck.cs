using System.Text.Json.Serialization;

namespace AkkaChat.Handlers;

/// <summary>What a client gets in its ack for an event that was refused or that failed.</summary>
/// <param name="Error">What was wrong, in words.</param>
/// <param name="Code">The same for a program; left out if null.</param>
/// <param name="Data">More about it; left out if null.</param>
internal sealed record ErrorAck(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Data = null)
{
    public static readonly ErrorAck Internal = new("The server could not handle the event.", "internal");

    public static ErrorAck Of(EventException refusal) => new(refusal.Message, refusal.Code, refusal.Payload);

    public static ErrorAck Of(ArgumentBindingException refusal) => new(refusal.ClientMessage, "invalid_arguments");
}
