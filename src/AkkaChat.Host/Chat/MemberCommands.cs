using AkkaChat.Host.Accounts;
using AkkaChat.Host.Administration;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Chat;

/// <summary>What people do with the members of a room: invite, put out, mute, make moderators.</summary>
internal sealed class MemberCommands(
    IAkkaChat io, MemberStore members, AccountStore accounts, RoomAnnouncer announcer, Gatekeeper gate, AuditLog audit, ChatDatabase database,
    TimeProvider time)
{
    private const int LongestReason = 500;

    /// <summary>Makes somebody a member. Whoever may put people out may also take a ban back in this way.</summary>
    public async Task<Reply> InviteAsync(ChatCaller caller, MemberRequest request)
    {
        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.Invite, "invite people into this room");
        var person = await FindAsync(request.Person);
        if (await members.RoleAsync(standing.RoomId, person.Id) is not null)
        {
            return Reply.Done;
        }

        var liftsBan = await MayLiftBanAsync(caller, standing, person);
        var place = RoomLimits.Place(person.Id, $"{person.Name} is in {ChatRules.MaxRoomsPerPerson} rooms, as many as one person can be in.");
        if (await members.AdmitAsync(standing.RoomId, person.Id, place, liftsBan))
        {
            await announcer.AddedAsync(standing.RoomId, person.Id, caller.Id, "joined");
        }

        return Reply.Done;
    }

    /// <summary>Puts a member out, at once and on all devices.</summary>
    public async Task<Reply> RemoveAsync(ChatCaller caller, MemberRequest request)
    {
        var (standing, person, _) = await RequireOverAsync(
            caller, request.Room, request.Person, RoomAction.Remove, "put this person out of the room");
        var (wasMember, newOwner) = await members.RemoveAsync(
            standing.RoomId, person.Id, request.Ban == true ? caller.Id : null);
        if (wasMember)
        {
            await announcer.RemovedAsync(standing.RoomId, person.Id, caller.Id, "removed", newOwner);
        }
        else
        {
            // Put out before, perhaps, when not all nodes answered.
            await announcer.PutOutAsync(standing.RoomId, person.Id);
        }

        await AuditAsync(caller, request.Ban == true ? "member.banned" : "member.removed", standing, person, request.Reason);
        return Reply.Done;
    }

    /// <summary>Makes a member something else in the room.</summary>
    public async Task<Reply> SetRoleAsync(ChatCaller caller, SetRoleRequest request)
    {
        if (!RoomRole.IsKnown(request.Role))
        {
            throw new ChatRefusal(ChatRefusal.Invalid, "A role is owner, moderator or member.");
        }

        var standing = await gate.RequireAsync(caller, request.Room, RoomAction.SetRole, "give roles in this room");
        var person = await FindAsync(request.Person);
        if (!await members.SetRoleAsync(standing.RoomId, person.Id, request.Role!))
        {
            throw new ChatRefusal(
                ChatRefusal.Conflict, $"{person.Name} is not in this room, or is its only owner: make somebody else an owner first.");
        }

        await announcer.RoleChangedAsync(standing.RoomId, person.Id, request.Role!, caller.Id);
        await AuditAsync(caller, "member.role", standing, person, request.Role);
        return Reply.Done;
    }

    /// <summary>
    /// Takes somebody's voice for a time, or gives it back; a time that has passed does too. It holds for who is not in the room
    /// now, if they come: else leaving for a moment would end it.
    /// </summary>
    public async Task<Reply> MuteAsync(ChatCaller caller, MuteRequest request)
    {
        var (standing, person, role) = await RequireOverAsync(caller, request.Room, request.Person, RoomAction.Mute, "mute this person");
        var until = request.Until > time.GetUtcNow().ToUnixTimeMilliseconds() ? request.Until : null;
        await members.MuteAsync(standing.RoomId, person.Id, until);
        if (role is not null)
        {
            await io.ToUser(person.Id).EmitAsync(ChatEvents.Muted, new MutedUntil(standing.RoomId, until));
        }

        await io.To(RoomChanges.KeyOf(standing.RoomId)).EmitAsync(ChatEvents.MemberMuted, new MemberMutedUntil(standing.RoomId, person.Id, until));
        await AuditAsync(caller, until is null ? "member.unmuted" : "member.muted", standing, person, null);
        return Reply.Done;
    }

    /// <summary>False if there is no ban.</summary>
    private async Task<bool> MayLiftBanAsync(ChatCaller caller, Standing standing, Account person)
    {
        if (!await members.IsBannedAsync(standing.RoomId, person.Id))
        {
            return false;
        }

        if (!AccessRules.MayUnban(standing, person.Id))
        {
            throw ChatRefusal.MayNot(person.Id == caller.Id
                ? "take back your own ban: ask another moderator"
                : $"invite {person.Name}, who was put out of this room by a moderator");
        }

        return true;
    }

    private async Task<(Standing Standing, Account Person, string? Role)> RequireOverAsync(
        ChatCaller caller, string? room, string? id, RoomAction action, string what)
    {
        var standing = await gate.RequireAsync(caller, room, action, what);
        var person = await FindAsync(id);
        var role = await members.RoleAsync(standing.RoomId, person.Id);
        if (person.Id == caller.Id || !AccessRules.MayTo(standing, action, role, person.Role))
        {
            throw ChatRefusal.MayNot(what);
        }

        return (standing, person, role);
    }

    private async Task<Account> FindAsync(string? id) =>
        (string.IsNullOrEmpty(id) ? null : await accounts.FindAsync(id))
        ?? throw new ChatRefusal(ChatRefusal.NotFound, "There is no such person.");

    private Task AuditAsync(ChatCaller caller, string action, Standing standing, Account person, string? details) =>
        database.WriteAsync(session => audit.WriteAsync(
            session, caller.Id, action, standing.RoomId, person.Id, details?[..Math.Min(details.Length, LongestReason)]));
}
