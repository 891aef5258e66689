using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;

namespace AkkaChat.Host.Accounts;

/// <summary>What an account may be called, and what a password must be.</summary>
internal static class AccountRules
{
    public const int MinNameLength = 2;
    public const int MinPasswordLength = 8;
    public const int MaxPasswordLength = 256;

    public static readonly Refusal NameInvalid = new(
        StatusCodes.Status400BadRequest,
        "name_invalid",
        $"A name has {MinNameLength} to {ChatRules.MaxNameLength} characters, none of them invisible.",
        "name");

    public static readonly Refusal NameTaken = new(
        StatusCodes.Status409Conflict, "name_taken", "Somebody has this name already. Choose another one.", "name");

    /// <summary>The name as it is kept; null if nobody can be called so.</summary>
    public static string? ReadName(string? typed) => ChatRules.ReadName(typed) is { Length: >= MinNameLength } name ? name : null;

    /// <summary>The form in which no two accounts may have the same name.</summary>
    public static string NameKey(string name) => ChatRules.KeyOf(name);

    /// <summary>Why this cannot be the password; null if it can.</summary>
    /// <param name="name">Whose password it is to be.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="field">Where it was typed.</param>
    public static Refusal? WeakPassword(string name, string? password, string field) => password switch
    {
        null or { Length: < MinPasswordLength or > MaxPasswordLength } => Weak(
            $"A password has {MinPasswordLength} to {MaxPasswordLength} characters.", field),
        _ when NameKey(password) == NameKey(name) => Weak("The name can't be the password.", field),
        _ => null,
    };

    private static Refusal Weak(string error, string field) => new(StatusCodes.Status400BadRequest, "password_weak", error, field);
}
