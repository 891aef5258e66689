using System.Text.Json.Serialization;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>The ack of everything that a client sends.</summary>
internal record Reply(bool Ok)
{
    public static Reply Done { get; } = new(true);
}

/// <summary>It was not done; the error says in words why.</summary>
internal sealed record Failed(string Code, string Error) : Reply(false);

internal sealed record Entered(bool IsContinuous, LogPosition Position, IReadOnlyList<MemberShape> Members) : Reply(true);

internal sealed record History(IReadOnlyList<MessageShape> Messages, LogPosition Position, bool Older, bool Newer) : Reply(true);

internal sealed record Said(long Id, long At, LogPosition Position) : Reply(true);

internal sealed record HasRead(long Unread, long Mentions) : Reply(true);

internal sealed record FoundMessage(string Room, MessageShape Message);

internal sealed record SearchResults(IReadOnlyList<FoundMessage> Results, long? Next) : Reply(true);

internal sealed record FoundPeople(IReadOnlyList<Person> People) : Reply(true);

internal sealed record RoomDirectory(IReadOnlyList<ListedRoom> Rooms, string? Next) : Reply(true);

internal sealed record RoomReply(RoomShape Room) : Reply(true);

internal sealed record MyRoomReply(MyRoom Room) : Reply(true);

/// <summary>The argument of <see cref="ChatEvents.Welcome"/>.</summary>
internal sealed record Welcome(Person Me, IReadOnlyList<MyRoom> Rooms, IReadOnlyList<Person> People);

/// <summary>The argument of <see cref="ChatEvents.RoomRemoved"/> and <see cref="ChatEvents.RoomUnlisted"/>.</summary>
internal sealed record RoomGone(string Room, string? Reason);

/// <summary>The argument of <see cref="ChatEvents.Read"/> to the person's other devices.</summary>
internal sealed record ReadMarker(string Room, long ReadTo, long Unread, long Mentions);

/// <summary>The argument of <see cref="ChatEvents.Typing"/> to others.</summary>
internal sealed record TypingPerson(string Room, string Person);

/// <summary>The argument of <see cref="ChatEvents.Muted"/>: null is said, for it gives the voice back; no room means all.</summary>
internal sealed record MutedUntil(
    string? Room, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Until);

/// <summary>The argument of <see cref="ChatEvents.MemberMuted"/>, which the whole room is told.</summary>
internal sealed record MemberMutedUntil(
    string Room, string Person, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Until);
