using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>Asks the database who somebody is to a room, at every event, and the table whether they may.</summary>
internal sealed class Gatekeeper(RoomStore rooms, TimeProvider time)
{
    /// <summary>Lets those pass who may do that.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="room">The room's id, as the client sent it.</param>
    /// <param name="action">What they want to do.</param>
    /// <param name="what">The same in words, to follow "You may not".</param>
    /// <exception cref="ChatRefusal">They may not. Who is not in a room does not learn whether it exists.</exception>
    public async Task<Standing> RequireAsync(ChatCaller caller, string? room, RoomAction action, string what)
    {
        var standing = string.IsNullOrEmpty(room) ? null : await rooms.StandingAsync(room, caller.Id);
        if (standing is null || (standing.Role is null && standing.Kind != RoomKind.Public && !AccessRules.May(standing, action)))
        {
            throw ChatRefusal.NoSuchRoom;
        }

        if (!AccessRules.May(standing, action))
        {
            throw ChatRefusal.MayNot(what);
        }

        return standing;
    }

    /// <summary>The same for whoever writes: not if muted, not in an archived room.</summary>
    /// <exception cref="ChatRefusal">They may not.</exception>
    public async Task<Standing> RequireVoiceAsync(ChatCaller caller, string? room, string what)
    {
        var standing = await RequireAsync(caller, room, RoomAction.Say, what);
        if (standing.ArchivedAt is not null)
        {
            throw new ChatRefusal(ChatRefusal.Archived, "This room is archived: it can be read, but nothing can be added.");
        }

        if (standing.MutedUntil > time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            throw new ChatRefusal(ChatRefusal.Muted, "You are muted: you can read, but not write for now.");
        }

        return standing;
    }
}
