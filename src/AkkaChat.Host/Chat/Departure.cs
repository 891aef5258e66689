using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>
/// Takes people out of rooms who go by themselves, or whose account goes; what they have said stays. The room is told first, and
/// only then the membership ends: so whoever tries again after an interruption finds it, and nothing is left out or told twice.
/// </summary>
internal sealed class Departure(MemberStore members, RoomAnnouncer announcer)
{
    /// <summary>Takes them out of all rooms, and tells these.</summary>
    /// <param name="account">Who goes.</param>
    /// <param name="by">Who wills it.</param>
    public async Task LeaveAllAsync(string account, string by)
    {
        foreach (var room in await members.RoomsOfAsync(account))
        {
            await LeaveAsync(room.Id, account, by, "removed");
        }
    }

    /// <summary>Takes them out of one. Of who is no member any more it takes the devices out that are left.</summary>
    /// <param name="room">The room, if there is one.</param>
    /// <param name="account">Who goes.</param>
    /// <param name="by">Who wills it.</param>
    /// <param name="what">What the room and their devices are told that it was.</param>
    /// <exception cref="TimeoutException">Not all of their devices are surely out.</exception>
    public async Task LeaveAsync(string room, string account, string by, string what)
    {
        if (await members.FindAsync(room, account) is { } membership)
        {
            await announcer.LeavingAsync(membership, by, what);
            var owner = await members.EndAsync(membership);
            if (owner is not null && owner != membership.Heir)
            {
                await announcer.RoleChangedAsync(room, owner, RoomRole.Owner, by);
            }
        }

        await announcer.OutAsync(room, account, what);
    }
}
