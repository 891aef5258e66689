using AkkaChat.Host.Accounts;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>What people do with rooms: find, make, join, leave, change and delete them.</summary>
internal sealed class RoomCommands(
    RoomStore rooms, MemberStore members, AccountStore accounts, RoomAnnouncer announcer, Gatekeeper gate,
    RoomRemoval removal, Departure departure)
{
    private const int PageSize = 100;

    /// <summary>No room's id is longer.</summary>
    private const int LongestId = 64;

    private static readonly ChatRefusal BadName = new(
        ChatRefusal.Invalid, $"A room's name has 1 to {ChatRules.MaxRoomLength} characters, none of them invisible.");

    private static readonly ChatRefusal BadTopic = new(
        ChatRefusal.Invalid, $"A topic has at most {ChatRules.MaxTopicLength} characters, none of them invisible.");

    /// <summary>The public rooms, by name, a page at a time.</summary>
    public async Task<Reply> DirectoryAsync(DirectoryRequest request)
    {
        var page = await rooms.DirectoryAsync(request.After is { } after ? RoomStore.PublicKeyOf(after) : null, PageSize);
        return new RoomDirectory(page, page.Count == PageSize ? page[^1].Name : null);
    }

    /// <summary>Makes a room, which is its maker's.</summary>
    public async Task<Reply> CreateAsync(ChatCaller caller, CreateRoomRequest request)
    {
        var name = ChatRules.ReadRoom(request.Name) ?? throw BadName;
        var topic = ChatRules.ReadTopic(request.Topic) ?? throw BadTopic;
        if (request.Kind is not (RoomKind.Public or RoomKind.Private))
        {
            throw new ChatRefusal(ChatRefusal.Invalid, "A room is public or private.");
        }

        await RequireAccountAsync(caller, "make rooms");
        var key = request.Kind == RoomKind.Public ? RoomStore.PublicKeyOf(name) : null;
        var room = await rooms.CreateAsync(request.Kind, name, topic, key, caller.Id, [caller.Id], PlaceOf(caller));
        var mine = await announcer.AddedAsync(room.Id, caller.Id, caller.Id, "created");
        await announcer.ListedAsync(room);
        return new MyRoomReply(mine);
    }

    /// <summary>The room of two people: theirs from before, or a new one.</summary>
    public async Task<Reply> DirectAsync(ChatCaller caller, PersonRequest request)
    {
        var me = await RequireAccountAsync(caller, "write to people directly");
        var other = request.Person is { } id && id != caller.Id ? await accounts.FindAsync(id) : null;
        if (other is null)
        {
            throw new ChatRefusal(ChatRefusal.NotFound, "There is no such person.");
        }

        var key = RoomStore.DirectKeyOf(caller.Id, other.Id);
        var room = await rooms.FindByKeyAsync(key) ?? await CreateDirectAsync(me, other, key);
        return new MyRoomReply((await members.RoomsOfAsync(caller.Id, room.Id))[0]);
    }

    /// <summary>Becomes a member of a public room.</summary>
    public async Task<Reply> JoinAsync(ChatCaller caller, RoomRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Join, "join this room");
        if (standing.IsBanned)
        {
            throw ChatRefusal.MayNot("join this room again: you were put out of it");
        }

        return new MyRoomReply(standing.Role is null && await members.AdmitAsync(standing.RoomId, caller.Id, PlaceOf(caller))
            ? await announcer.AddedAsync(standing.RoomId, caller.Id, caller.Id, "joined")
            : (await members.RoomsOfAsync(caller.Id, standing.RoomId))[0]);
    }

    /// <summary>
    /// Stops being a member. Who is none gets the same answer, whether there is such a room or not: they may have left it when not
    /// all was done, and others learn nothing by it.
    /// </summary>
    public async Task<Reply> LeaveAsync(ChatCaller caller, RoomRequest request)
    {
        if (request.Room is not { Length: > 0 and <= LongestId } room)
        {
            throw ChatRefusal.NoSuchRoom;
        }

        if (await members.RoleAsync(room, caller.Id) is not null)
        {
            await gate.RequireAsync(caller, room, RoomAction.Leave, "leave this room");
        }

        await departure.LeaveAsync(room, caller.Id, caller.Id, "left");
        return Reply.Done;
    }

    /// <summary>Changes name or topic, archives the room or opens it again.</summary>
    public async Task<Reply> ChangeAsync(ChatCaller caller, ChangeRoomRequest request)
    {
        var action = request.Archived is null ? RoomAction.Rename : RoomAction.Archive;
        var standing = await gate.RequireAsync(caller, request.Room, action, request.Archived is null ? "change this room" : "archive this room");
        var name = request.Name is null ? null : ChatRules.ReadRoom(request.Name) ?? throw BadName;
        var topic = request.Topic is null ? null : ChatRules.ReadTopic(request.Topic) ?? throw BadTopic;
        var (before, after) = await rooms.ChangeAsync(standing.RoomId, name, topic, request.Archived) ?? throw ChatRefusal.NoSuchRoom;
        return new RoomReply(await AnnounceAsync(caller, before, after));
    }

    /// <summary>Deletes the room with all that was said in it. Who has done so and asks again finishes what was left undone.</summary>
    public async Task<Reply> DeleteAsync(ChatCaller caller, RoomRequest request)
    {
        if (request.Room is { } id && await removal.FinishAsync(id, caller.Id))
        {
            return Reply.Done;
        }

        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.DeleteRoom, "delete this room");
        await removal.RemoveAsync(await rooms.FindAsync(standing.RoomId) ?? throw ChatRefusal.NoSuchRoom, caller.Id);
        return Reply.Done;
    }

    private async Task<RoomRow> CreateDirectAsync(Account caller, Account other, string key)
    {
        RoomRow room;
        try
        {
            room = await rooms.CreateAsync(RoomKind.Direct, "", "", key, caller.Id, [caller.Id, other.Id], RoomLimits.Direct(caller, other));
        }
        catch (ChatRefusal)
        {
            if (await rooms.FindByKeyAsync(key) is { } begun)
            {
                return begun; // Both wanted it at the same moment.
            }

            throw;
        }

        await announcer.AddedAsync(room.Id, caller.Id, caller.Id, "created");
        await announcer.IntroduceAsync(room.Id, other.Id);
        return room;
    }

    private async Task<RoomShape> AnnounceAsync(ChatCaller caller, RoomRow before, RoomRow after)
    {
        var shape = after.Shape;
        if (after.Name != before.Name)
        {
            shape = await announcer.ChangedAsync(before.Id, caller.Id, "renamed", after.Name);
        }

        if (after.Topic != before.Topic)
        {
            shape = await announcer.ChangedAsync(before.Id, caller.Id, "topic", after.Topic);
        }

        if (after.ArchivedAt is null != before.ArchivedAt is null)
        {
            shape = await announcer.ChangedAsync(before.Id, caller.Id, after.ArchivedAt is null ? "unarchived" : "archived");
        }

        return shape;
    }

    private async Task<Account> RequireAccountAsync(ChatCaller caller, string what) =>
        await accounts.FindAsync(caller.Id) is { IsGuest: false } account ? account : throw ChatRefusal.MayNot($"{what} as a guest");

    private static RoomLimit PlaceOf(ChatCaller caller) =>
        RoomLimits.Place(caller.Id, $"One person can be in {ChatRules.MaxRoomsPerPerson} rooms. Leave one first.");
}
