using AkkaChat.Host.Accounts;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>Tells whom it concerns that rooms and memberships have changed, on all their devices.</summary>
internal sealed class RoomAnnouncer(
    IAkkaChat io, RoomChanges changes, RoomStore rooms, MemberStore members, AccountStore accounts, TimeProvider time)
{
    /// <summary>Somebody is a member now: their devices learn of the room, the room learns of them.</summary>
    public async Task<MyRoom> AddedAsync(string room, string account, string by, string what)
    {
        var mine = (await members.RoomsOfAsync(account, room)).FirstOrDefault() ?? throw ChatRefusal.NoSuchRoom;
        await PublishMemberAsync(room, account, mine.Role, by, what);
        await io.ToUser(account).EmitAsync(ChatEvents.RoomAdded, mine);
        if (mine.MutedUntil is { } until)
        {
            // From an earlier time in the room.
            await io.To(RoomChanges.KeyOf(room)).EmitAsync(ChatEvents.MemberMuted, new MemberMutedUntil(room, account, until));
        }

        return mine;
    }

    /// <summary>Somebody's devices learn of a room in which nothing else has to be said of it.</summary>
    public async Task IntroduceAsync(string room, string account)
    {
        var mine = (await members.RoomsOfAsync(account, room)).FirstOrDefault() ?? throw ChatRefusal.NoSuchRoom;
        await io.ToUser(account).EmitAsync(ChatEvents.RoomAdded, mine);
    }

    /// <summary>
    /// Somebody is no member any more. Their devices are out of the room before anybody is told, so they hear nothing more.
    /// </summary>
    /// <exception cref="TimeoutException">Not all of their devices are surely out; <see cref="PutOutAsync"/> tries again.</exception>
    public async Task RemovedAsync(string room, string account, string by, string what, string? newOwner)
    {
        try
        {
            await PutOutAsync(room, account);
        }
        finally
        {
            // Also if a node does not answer: who tries again finds no member any more, and tells nobody.
            await io.ToUser(account).EmitAsync(ChatEvents.RoomRemoved, new RoomGone(room, what));
            await PublishMemberAsync(room, account, null, by, what);
            if (newOwner is not null)
            {
                await PublishMemberAsync(room, newOwner, RoomRole.Owner, by, "role");
            }
        }
    }

    /// <summary>Takes somebody's devices out of a room in which they are no member; those that are out already stay so.</summary>
    /// <exception cref="TimeoutException">Not all of them are surely out.</exception>
    public Task PutOutAsync(string room, string account) => io.ToUser(account).LeaveAllAsync(RoomChanges.KeyOf(room));

    /// <summary>A member has another role.</summary>
    public Task RoleChangedAsync(string room, string account, string role, string by) =>
        PublishMemberAsync(room, account, role, by, "role");

    /// <summary>Name, topic or state of the room have changed; the directory too, if it is in it.</summary>
    public async Task<RoomShape> ChangedAsync(string room, string by, string what, string? text = null)
    {
        var row = await rooms.FindAsync(room) ?? throw ChatRefusal.NoSuchRoom;
        await changes.PublishAsync(room, new Change
        {
            Kind = Change.RoomChanged,
            Room = row.Shape,
            Message = Notice(by, new NoticeShape(what, null, text)),
        });
        await ListedAsync(row);
        return row.Shape;
    }

    /// <summary>Everybody's directory of public rooms gets the room, or loses it.</summary>
    public Task ListedAsync(RoomRow room) => room switch
    {
        { Kind: not RoomKind.Public } => Task.CompletedTask,
        { ArchivedAt: null } => io.EmitAsync(ChatEvents.RoomListed, room.Shape),
        _ => io.EmitAsync(ChatEvents.RoomUnlisted, new RoomGone(room.Id, null)),
    };

    /// <summary>The room is gone, and everybody out of it.</summary>
    public async Task DeletedAsync(RoomRow room, IEnumerable<MemberShape> of)
    {
        foreach (var member in of)
        {
            await io.ToUser(member.Id).LeaveAllAsync(RoomChanges.KeyOf(room.Id));
            await io.ToUser(member.Id).EmitAsync(ChatEvents.RoomRemoved, new RoomGone(room.Id, "deleted"));
        }

        if (room.Kind == RoomKind.Public)
        {
            await io.EmitAsync(ChatEvents.RoomUnlisted, new RoomGone(room.Id, null));
        }
    }

    private async Task PublishMemberAsync(string room, string account, string? role, string by, string what)
    {
        var person = (await accounts.PeopleAsync([account])).FirstOrDefault();
        await changes.PublishAsync(room, new Change
        {
            Kind = Change.MemberChanged,
            Person = person,
            Role = role,
            Message = Notice(by, new NoticeShape(what, account == by ? null : account, what == "role" ? role : null)),
        });
    }

    private MessageShape Notice(string by, NoticeShape notice) =>
        new() { By = by, At = time.GetUtcNow().ToUnixTimeMilliseconds(), Text = "", Notice = notice };
}
