using System.Globalization;
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
    /// Somebody is about to leave: the room is told, also of the owner who follows. Told again, it is the same message.
    /// </summary>
    public async Task LeavingAsync(RoomMembership leaving, string by, string what)
    {
        var once = string.Create(CultureInfo.InvariantCulture, $"{leaving.AccountId}:{leaving.JoinedAt}");
        await PublishMemberAsync(leaving.RoomId, leaving.AccountId, null, by, what, $"{what}:{once}");
        if (leaving.Heir is { } heir)
        {
            await PublishMemberAsync(leaving.RoomId, heir, RoomRole.Owner, by, "role", $"heir:{heir}:{once}");
        }
    }

    /// <summary>
    /// Somebody was put out. Their devices are out of the room before it is told, so they hear nothing more.
    /// </summary>
    /// <exception cref="TimeoutException">Not all of their devices are surely out; <see cref="PutOutAsync"/> tries again.</exception>
    public async Task RemovedAsync(string room, string account, string by, string what, string? newOwner)
    {
        try
        {
            await OutAsync(room, account, what);
        }
        finally
        {
            // Also if a node does not answer: who tries again finds no member any more, and tells nobody.
            await PublishMemberAsync(room, account, null, by, what);
            if (newOwner is not null)
            {
                await PublishMemberAsync(room, newOwner, RoomRole.Owner, by, "role");
            }
        }
    }

    /// <summary>Takes somebody's devices out of a room in which they are no member, and tells these; in any case.</summary>
    /// <exception cref="TimeoutException">Not all of them are surely out.</exception>
    public async Task OutAsync(string room, string account, string what)
    {
        try
        {
            await PutOutAsync(room, account);
        }
        finally
        {
            await io.ToUser(account).EmitAsync(ChatEvents.RoomRemoved, new RoomGone(room, what));
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

    /// <summary>The room is gone: everybody is out of it, and its people are told, on all devices, and whoever sees the directory.</summary>
    /// <exception cref="TimeoutException">
    /// Not all sockets are surely out; <see cref="DeletedAsync(string)"/> tries again. All were told.
    /// </exception>
    public async Task DeletedAsync(RoomRow room, IEnumerable<MemberShape> of)
    {
        try
        {
            await CloseAsync(room.Id);
        }
        finally
        {
            foreach (var member in of)
            {
                await io.ToUser(member.Id).EmitAsync(ChatEvents.RoomRemoved, new RoomGone(room.Id, "deleted"));
            }

            if (room.Kind == RoomKind.Public)
            {
                await io.EmitAsync(ChatEvents.RoomUnlisted, new RoomGone(room.Id, null));
            }
        }
    }

    /// <summary>The same where nobody knows any more whose room it was: who is still in it is told, and out.</summary>
    /// <exception cref="TimeoutException">Not all sockets are surely out.</exception>
    public async Task DeletedAsync(string room)
    {
        await io.To(RoomChanges.KeyOf(room)).EmitAsync(ChatEvents.RoomRemoved, new RoomGone(room, "deleted"));
        await CloseAsync(room);
    }

    private Task CloseAsync(string room) => io.To(RoomChanges.KeyOf(room)).LeaveAllAsync(RoomChanges.KeyOf(room));

    private async Task PublishMemberAsync(string room, string account, string? role, string by, string what, string? once = null)
    {
        var person = (await accounts.PeopleAsync([account])).FirstOrDefault();
        await changes.PublishAsync(room, new Change
        {
            Kind = Change.MemberChanged,
            Person = person,
            Role = role,
            Message = Notice(by, new NoticeShape(what, account == by ? null : account, what == "role" ? role : null)),
        }, once);
    }

    private MessageShape Notice(string by, NoticeShape notice) =>
        new() { By = by, At = time.GetUtcNow().ToUnixTimeMilliseconds(), Text = "", Notice = notice };
}
