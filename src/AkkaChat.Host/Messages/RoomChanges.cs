using System.Text.Json;

namespace AkkaChat.Host.Messages;

/// <summary>
/// The logs of the chat's rooms: what happens in a room is stored in its log, then told to its people, and then finds its way
/// into the tables (<see cref="MessageProjector"/>).
/// </summary>
internal sealed class RoomChanges(IAkkaChat io, MessageProjector projector)
{
    private const string RoomPrefix = "room:";

    /// <summary>The event that carries a change: the room's id, the <see cref="Change"/>, and its position.</summary>
    public const string EventName = "change";

    /// <summary>
    /// How much of a log is kept: for catching up after an absence. Older messages are in the tables. Never so old that a
    /// log would be forgotten, for its offsets are the ids of messages.
    /// </summary>
    public static RoomLogLimits Limits { get; } = new(10_000, TimeSpan.FromDays(36_500));

    /// <summary>The Socket.IO room, and the log, of a room.</summary>
    public static string KeyOf(string room) => RoomPrefix + room;

    /// <summary>The room's id, if this is the key of one; else null.</summary>
    public static string? RoomOf(string key) => key.StartsWith(RoomPrefix, StringComparison.Ordinal) ? key[RoomPrefix.Length..] : null;

    /// <summary>The change that an entry of a log is; null if it is none, as when another program has written into the log.</summary>
    /// <exception cref="JsonException">It is not even the form of one.</exception>
    public static Change? Read(LogEntry entry) => entry.EventName == EventName && entry.Arguments.Count > 1 ? entry.Arguments[1].As<Change>() : null;

    /// <summary>Stores a change and tells the room's people.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="change">The change.</param>
    /// <param name="once">Of a repeated one with this id only the first has effect; null: no id.</param>
    public async Task<LogPosition> PublishAsync(string room, Change change, string? once = null)
    {
        await projector.ReadyAsync(room);
        var log = io.LogOf(KeyOf(room));
        var position = await (once is null ? log : log.Once(once)).PublishAsync(EventName, room, change);
        projector.Signal(room);
        return position;
    }

    /// <summary>From now on the socket is told what happens in the room, and first the last of what it has missed since then, or of all.</summary>
    public async Task<LogJoin> EnterAsync(Socket socket, string room, LogPosition? since, int limit)
    {
        await projector.ReadyAsync(room);
        var key = KeyOf(room);
        if (socket.Rooms.Contains(key))
        {
            await socket.LeaveAsync(key);
        }

        return await io.LogOf(key).JoinAsync(socket, since, limit);
    }
}
