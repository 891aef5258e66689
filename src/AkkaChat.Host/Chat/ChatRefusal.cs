namespace AkkaChat.Host.Chat;

/// <summary>What was asked for is not done; the code is for programs, the message says in words for people why.</summary>
internal sealed class ChatRefusal(string code, string message) : Exception(message)
{
    public const string NotAllowed = "not_allowed";
    public const string NotFound = "not_found";
    public const string Invalid = "invalid";
    public const string Conflict = "conflict";
    public const string Muted = "muted";
    public const string TooMany = "too_many";
    public const string Archived = "archived";
    public const string Unavailable = "unavailable";

    public string Code => code;

    public static ChatRefusal NoSuchRoom => new(NotFound, "There is no such room, or you are not in it.");

    public static ChatRefusal NoSuchMessage => new(NotFound, "There is no such message.");

    public static ChatRefusal MayNot(string what) => new(NotAllowed, $"You may not {what}.");
}
