using System.Data.Common;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Chat;

/// <summary>
/// The server part of the chat, on the public API alone: which event is answered by whom. What is refused is answered in
/// words; what fails because something does not answer may be tried again.
/// </summary>
internal sealed partial class ChatServer(
    IAkkaChat io, ChatVisits visits, MessageCommands messages, ReadingCommands reading, RoomCommands rooms, MemberCommands members,
    PeopleCommands people, ChatDatabase database, ILogger<ChatServer> logger)
{
    private static readonly Failed Unavailable = new(
        ChatRefusal.Unavailable, "The server could not do that just now. Try again.");

    private static readonly Failed BadValue = new(
        ChatRefusal.Invalid, "The request has a character that can't be stored, such as U+0000, or a number out of range.");

    /// <summary>Registers the handlers.</summary>
    public void Map()
    {
        io.OnConnect(visits.ConnectAsync);
        io.OnDisconnect((Socket socket) => visits.EndAsync(socket));

        On<EnterRequest>(ChatEvents.Enter, messages.EnterAsync);
        On<SayRequest>(ChatEvents.Say, messages.SayAsync);
        On<EditRequest>(ChatEvents.Edit, messages.EditAsync);
        On<MessageRequest>(ChatEvents.Delete, messages.DeleteAsync);
        On<ReactRequest>(ChatEvents.React, messages.ReactAsync);

        On<HistoryRequest>(ChatEvents.History, reading.HistoryAsync);
        On<SearchRequest>(ChatEvents.Search, reading.SearchAsync);
        On<ReadRequest>(ChatEvents.Read, reading.ReadAsync);
        On<RoomRequest>(ChatEvents.Typing, reading.TypingAsync);

        On<DirectoryRequest>(ChatEvents.Rooms, (_, request) => rooms.DirectoryAsync(request));
        On<CreateRoomRequest>(ChatEvents.CreateRoom, rooms.CreateAsync);
        On<PersonRequest>(ChatEvents.Direct, rooms.DirectAsync);
        On<RoomRequest>(ChatEvents.JoinRoom, rooms.JoinAsync);
        On<RoomRequest>(ChatEvents.LeaveRoom, rooms.LeaveAsync);
        On<ChangeRoomRequest>(ChatEvents.ChangeRoom, rooms.ChangeAsync);
        On<RoomRequest>(ChatEvents.DeleteRoom, rooms.DeleteAsync);

        On<MemberRequest>(ChatEvents.Invite, members.InviteAsync);
        On<MemberRequest>(ChatEvents.Remove, members.RemoveAsync);
        On<SetRoleRequest>(ChatEvents.SetRole, members.SetRoleAsync);
        On<MuteRequest>(ChatEvents.Mute, members.MuteAsync);

        On<PeopleRequest>(ChatEvents.People, (_, request) => people.ListAsync(request));
        On<FindPeopleRequest>(ChatEvents.FindPeople, (_, request) => people.FindAsync(request));
        On<AwayRequest>(ChatEvents.Away, visits.AwayAsync);
    }

    private void On<TRequest>(string eventName, Func<ChatCaller, TRequest, Task<Reply>> answer) =>
        io.On(eventName, (Socket socket, TRequest request) => AnswerAsync(eventName, () => answer(ChatCaller.Of(socket), request)));

    private async Task<Reply> AnswerAsync(string eventName, Func<Task<Reply>> answer)
    {
        try
        {
            return await answer();
        }
        catch (ChatRefusal refusal)
        {
            return new Failed(refusal.Code, refusal.Message);
        }
        catch (DbException exception) when (database.Dialect.IsBadValue(exception))
        {
            return BadValue;
        }
        catch (Exception exception) when (exception is TimeoutException or EventException or DbException)
        {
            LogUnavailable(logger, exception, eventName);
            return Unavailable;
        }
    }

    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "The event '{EventName}' of the chat could not be answered")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string eventName);
}
