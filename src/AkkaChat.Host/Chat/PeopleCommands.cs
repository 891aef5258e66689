using AkkaChat.Host.Accounts;

namespace AkkaChat.Host.Chat;

/// <summary>What people ask about people.</summary>
internal sealed class PeopleCommands(AccountStore accounts)
{
    private const int AtMost = 100;
    private const int FoundAtMost = 20;

    /// <summary>The people with these ids.</summary>
    public async Task<Reply> ListAsync(PeopleRequest request)
    {
        var ids = request.Ids ?? [];
        if (ids.Count > AtMost)
        {
            throw new ChatRefusal(ChatRefusal.TooMany, $"Ask for at most {AtMost} people at a time.");
        }

        return new FoundPeople(await accounts.PeopleAsync([.. ids]));
    }

    /// <summary>People whose name has that in it.</summary>
    public async Task<Reply> FindAsync(FindPeopleRequest request)
    {
        var query = request.Query is { Length: <= ChatRules.MaxNameLength } typed ? typed.Trim() : "";
        return new FoundPeople(await accounts.FindByNameAsync(query, Math.Clamp(request.Limit ?? FoundAtMost, 1, AtMost)));
    }
}
