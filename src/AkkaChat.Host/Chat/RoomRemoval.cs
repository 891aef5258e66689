using AkkaChat.Host.Administration;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Chat;

/// <summary>Deletes a room: its rows, everybody's place in it, and its log.</summary>
internal sealed class RoomRemoval(
    IAkkaChat io, ChatDatabase database, RoomStore rooms, MemberStore members, RoomAnnouncer announcer, AuditLog audit)
{
    private const string Deleted = "room.deleted";

    /// <summary>Deletes it; completes when it is gone.</summary>
    /// <param name="room">The room.</param>
    /// <param name="by">Who wills it; null: the server itself, which has to answer for it to nobody.</param>
    /// <exception cref="TimeoutException">Not all sockets are surely out; <see cref="FinishAsync"/> does what is left.</exception>
    public async Task RemoveAsync(RoomRow room, string? by = null)
    {
        var people = await members.OfRoomAsync(room.Id);
        await database.WriteAsync(async session =>
        {
            if (await RoomStore.DeleteAsync(session, room.Id) && by is not null)
            {
                await audit.WriteAsync(session, by, Deleted, room.Id, null, room.Name);
            }
        });
        await announcer.DeletedAsync(room, people);
        await io.LogOf(RoomChanges.KeyOf(room.Id)).ClearAsync();
    }

    /// <summary>
    /// Does again what comes after the rows, for the deletion may have been interrupted there. Only for who has deleted the room: to
    /// all others it is one that never was.
    /// </summary>
    /// <returns>False if the room is there, or was deleted by somebody else, or long ago.</returns>
    public async Task<bool> FinishAsync(string room, string by)
    {
        if (await rooms.FindAsync(room) is not null || !await audit.HasLatelyAsync(by, Deleted, room))
        {
            return false;
        }

        await announcer.DeletedAsync(room);
        await io.LogOf(RoomChanges.KeyOf(room)).ClearAsync();
        return true;
    }
}
