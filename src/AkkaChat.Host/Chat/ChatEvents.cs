namespace AkkaChat.Host.Chat;

/// <summary>
/// What page and server say to each other, by names and shapes. The page's side of it is ui/src/protocol.ts.
/// </summary>
internal static class ChatEvents
{
    // What a client sends.
    public const string Join = "join";
    public const string Leave = "leave";

    // What both send.
    public const string Message = "message";

    // What the server sends.
    public const string Rooms = "rooms";
    public const string Joined = "joined";
    public const string Left = "left";
    public const string Replaced = "replaced";

    /// <summary>With this a client connects. The id lets it take its own name over from a stale connection.</summary>
    internal sealed record Identity(string? Name, string? ClientId);

    /// <summary>Why a client was refused, for its program; the words are the error's message.</summary>
    internal sealed record Refusal(string Code)
    {
        public static readonly Refusal NameInvalid = new("name_invalid");
        public static readonly Refusal NameTaken = new("name_taken");
    }

    /// <summary>The argument of <see cref="Join"/> and <see cref="Leave"/>.</summary>
    internal sealed record RoomRequest(string? Room);

    /// <summary>The argument of <see cref="Message"/> from a client. Sent again, a message keeps its key.</summary>
    internal sealed record MessageRequest(string? Room, string? Text, string? Key);

    /// <summary>Somebody in a room.</summary>
    internal sealed record Member(string Name);

    /// <summary>How many are in a room: <see cref="Rooms"/> carries a list of these.</summary>
    internal sealed record RoomCount(string Room, int Members);

    /// <summary>
    /// Somebody came (<see cref="Joined"/>) or went (<see cref="Left"/>). Of two lists of members the one with the
    /// higher version is the newer.
    /// </summary>
    internal sealed record MembershipChanged(string Room, string Name, IReadOnlyList<Member> Members, long Version);

    /// <summary>The argument of <see cref="Message"/> to the clients; the time in milliseconds since 1970, UTC.</summary>
    internal sealed record MessageSent(string Id, string Room, string Name, string Text, long At);

    /// <summary>The ack of everything a client sends.</summary>
    internal abstract record Reply(bool Ok);

    /// <summary>It was not done; the error says in words why.</summary>
    internal sealed record Failed(string Error) : Reply(false);

    /// <summary>The client is in the room, whose name is spelled as here.</summary>
    internal sealed record Entered(string Room, IReadOnlyList<Member> Members, long Version) : Reply(true);

    /// <summary>The client is not in the room any more.</summary>
    internal sealed record Gone() : Reply(true);

    /// <summary>The message is in the room.</summary>
    internal sealed record Delivered(string Id, long At) : Reply(true);
}
