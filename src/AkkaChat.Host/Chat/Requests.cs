namespace AkkaChat.Host.Chat;

// What clients send, one object with each event. Anything in it may be missing or wrong.
internal sealed record SignIn(string? Token);

internal sealed record RoomRequest(string? Room);

internal sealed record EnterRequest(string? Room, LogPosition? Since, int? Limit);

internal sealed record HistoryRequest(string? Room, long? Before, long? After, long? Around, long? At, int? Limit);

internal sealed record SayRequest(string? Room, string? Key, string? Text, long? ReplyTo, IReadOnlyList<string>? Files);

internal sealed record EditRequest(string? Room, long Id, string? Text);

internal sealed record MessageRequest(string? Room, long Id);

internal sealed record ReactRequest(string? Room, long Id, string? Emoji, bool On);

internal sealed record ReadRequest(string? Room, long To);

internal sealed record AwayRequest(bool Away);

internal sealed record SearchRequest(string? Query, string? Room, long? Before, int? Limit);

internal sealed record PeopleRequest(IReadOnlyList<string>? Ids);

internal sealed record FindPeopleRequest(string? Query, int? Limit);

internal sealed record DirectoryRequest(string? After);

internal sealed record CreateRoomRequest(string? Name, string? Kind, string? Topic);

internal sealed record PersonRequest(string? Person);

internal sealed record MemberRequest(string? Room, string? Person, bool? Ban, string? Reason);

internal sealed record SetRoleRequest(string? Room, string? Person, string? Role);

internal sealed record MuteRequest(string? Room, string? Person, long? Until);

internal sealed record ChangeRoomRequest(string? Room, string? Name, string? Topic, bool? Archived);
