using System.ComponentModel.DataAnnotations;

namespace ChatMinimal;

/// <summary>The auth payload.</summary>
internal sealed record Login(string? Name);

/// <summary>What a client says. What does not keep these rules is answered with an error ack and reaches nobody.</summary>
internal sealed class ChatMessage
{
    [Required]
    public required string Room { get; init; }

    [Required, StringLength(1000, MinimumLength = 1)]
    public required string Text { get; init; }
}

/// <summary>What everybody sees.</summary>
internal sealed record Line(string Room, string? Name, string Text);
