using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>Deletes a room: its rows, its log, and everybody's place in it.</summary>
internal sealed class RoomRemoval(IAkkaChat io, RoomStore rooms, MemberStore members, RoomAnnouncer announcer)
{
    /// <summary>Deletes it; completes when it is gone.</summary>
    public async Task RemoveAsync(RoomRow room)
    {
        var people = await members.OfRoomAsync(room.Id);
        await rooms.DeleteAsync(room.Id);
        await announcer.DeletedAsync(room, people);
        await io.LogOf(RoomChanges.KeyOf(room.Id)).ClearAsync();
    }
}
