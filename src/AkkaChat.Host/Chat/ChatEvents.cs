namespace AkkaChat.Host.Chat;

/// <summary>
/// What page and server say to each other, by name. Shapes are in <c>Requests.cs</c> and <c>Replies.cs</c>, and in
/// <c>Rooms</c> and <c>Messages</c>; the page's side of it is ui/src/protocol.ts, and docs/chat-events.md tells it to programs.
/// </summary>
internal static class ChatEvents
{
    // What a client asks for.
    public const string Enter = "enter";
    public const string History = "history";
    public const string Say = "say";
    public const string Edit = "edit";
    public const string Delete = "delete";
    public const string React = "react";
    public const string Read = "read";
    public const string Typing = "typing";
    public const string Away = "away";
    public const string Search = "search";
    public const string People = "people";
    public const string FindPeople = "find_people";
    public const string Rooms = "rooms";
    public const string CreateRoom = "create_room";
    public const string Direct = "direct";
    public const string JoinRoom = "join_room";
    public const string LeaveRoom = "leave_room";
    public const string Invite = "invite";
    public const string Remove = "remove";
    public const string SetRole = "set_role";
    public const string Mute = "mute";
    public const string ChangeRoom = "change_room";
    public const string DeleteRoom = "delete_room";

    // What the server tells, beside read, typing and people, which have the same name both ways, and changes of rooms.
    public const string Welcome = "welcome";
    public const string RoomAdded = "room_added";
    public const string RoomRemoved = "room_removed";
    public const string RoomListed = "room_listed";
    public const string RoomUnlisted = "room_unlisted";
    public const string Muted = "muted";
    public const string MemberMuted = "member_muted";
}
