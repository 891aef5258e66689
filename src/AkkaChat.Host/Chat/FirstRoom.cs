using AkkaChat.Host.Accounts;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>The room that everybody is in from the beginning; who leaves it is not put back.</summary>
internal sealed class FirstRoom(RoomStore rooms, MemberStore members, AccountStore accounts, RoomAnnouncer announcer)
{
    private const string Name = "lobby";
    private const string Topic = "Where everybody begins";

    /// <summary>Takes a person in who has never been here.</summary>
    public async Task EnsureAsync(Account account)
    {
        if (!await accounts.GreetAsync(account.Id))
        {
            return;
        }

        var key = RoomStore.PublicKeyOf(Name);
        if (await rooms.FindByKeyAsync(key) is { ArchivedAt: null } lobby)
        {
            if (await members.AddAsync(lobby.Id, account.Id))
            {
                await announcer.AddedAsync(lobby.Id, account.Id, account.Id, "joined");
            }

            return;
        }

        await CreateAsync(account, key);
    }

    private async Task CreateAsync(Account account, string key)
    {
        try
        {
            var room = await rooms.CreateAsync(RoomKind.Public, Name, Topic, key, account.Id, [account.Id]);
            await announcer.AddedAsync(room.Id, account.Id, account.Id, "created");
            await announcer.ListedAsync(room);
        }
        catch (ChatRefusal refusal) when (refusal.Code == ChatRefusal.Conflict)
        {
            // Somebody else was first, or the lobby is archived: then there is none.
        }
    }
}
