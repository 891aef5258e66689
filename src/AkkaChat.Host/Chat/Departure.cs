using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>Takes people out of all rooms, when their account goes; what they have said stays.</summary>
internal sealed class Departure(MemberStore members, RoomAnnouncer announcer)
{
    /// <summary>Takes them out, and tells the rooms.</summary>
    /// <param name="account">Who goes.</param>
    /// <param name="by">Who wills it.</param>
    public async Task LeaveAllAsync(string account, string by)
    {
        foreach (var room in await members.RoomsOfAsync(account))
        {
            var (wasMember, newOwner) = await members.RemoveAsync(room.Id, account);
            if (wasMember)
            {
                await announcer.RemovedAsync(room.Id, account, by, "removed", newOwner);
            }
        }
    }
}
