using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>What people do with messages that are there: page through them, search, mark them as read; and who is typing.</summary>
internal sealed class ReadingCommands(IAkkaChat io, MessageStore messages, MemberStore members, Gatekeeper gate)
{
    private const int PageSize = 50;
    private const int LongestPage = 100;
    private const int LongestQuery = 200;

    /// <summary>A part of a room's history.</summary>
    public async Task<Reply> HistoryAsync(ChatCaller caller, HistoryRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Read, "read this room");
        var range = new HistoryRange(
            request.Before, request.After, request.Around, request.At, Math.Clamp(request.Limit ?? PageSize, 1, LongestPage));
        var page = await messages.HistoryAsync(standing.RoomId, range, caller.Id);
        return new History(page.Messages, page.Position, page.Older, page.Newer);
    }

    /// <summary>Finds messages by words, in the rooms that the person is in.</summary>
    public async Task<Reply> SearchAsync(ChatCaller caller, SearchRequest request)
    {
        var words = request.Query is { Length: <= LongestQuery } query ? SearchWords.Of(query) : [];
        if (words.Count == 0)
        {
            throw new ChatRefusal(ChatRefusal.Invalid, $"Search for words of letters and digits, at most {LongestQuery} characters.");
        }

        var limit = Math.Clamp(request.Limit ?? PageSize, 1, LongestPage);
        var (found, next) = await messages.SearchAsync(caller.Id, words, request.Room, request.Before, limit);
        return new SearchResults([.. found.Select(message => new FoundMessage(message.Room!, message))], next);
    }

    /// <summary>The person has read up to there, on all devices.</summary>
    public async Task<Reply> ReadAsync(ChatCaller caller, ReadRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Read, "read this room");
        await members.ReadToAsync(standing.RoomId, caller.Id, request.To);
        if ((await members.RoomsOfAsync(caller.Id, standing.RoomId)).FirstOrDefault() is not { } room)
        {
            throw ChatRefusal.NoSuchRoom;
        }

        await io.ToUser(caller.Id).Except(caller.Socket.Id).EmitAsync(
            ChatEvents.Read, new ReadMarker(room.Id, room.ReadTo, room.Unread, room.Mentions));
        return new HasRead(room.Unread, room.Mentions);
    }

    /// <summary>Tells the others in the room that somebody writes. Not stored, and lost where a connection is busy.</summary>
    public async Task<Reply> TypingAsync(ChatCaller caller, RoomRequest request)
    {
        var standing = await gate.RequireVoiceAsync(caller, request.Room, "write in this room");
        await caller.Socket.To(RoomChanges.KeyOf(standing.RoomId)).Volatile.EmitAsync(
            ChatEvents.Typing, new TypingPerson(standing.RoomId, caller.Id));
        return Reply.Done;
    }
}
