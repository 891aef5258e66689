using System.Text.Json.Serialization;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Settings;

namespace AkkaChat.Host.Accounts;

/// <summary>What the page asks first: what the site is like, and who is logged in.</summary>
internal sealed class SiteEndpoint(ChatSettings settings, AccountStore accounts)
{
    private readonly Limits _limits = new(
        AccountRules.MinNameLength,
        ChatRules.MaxNameLength,
        AccountRules.MinPasswordLength,
        AccountRules.MaxPasswordLength,
        ChatRules.MaxRoomLength,
        ChatRules.MaxTextLength,
        settings.UploadBytes);

    public void Map(IEndpointRouteBuilder api) => api.MapGet("/site", AnswerAsync);

    private async Task<IResult> AnswerAsync(LoggedIn? me)
    {
        var isFirst = await accounts.IsEmptyAsync();
        var person = me is null ? null : Person.Of(me.Account);
        return Answers.Ok(new Site("AkkaChat", settings.Guests, settings.Registration, isFirst, _limits, person));
    }

    private sealed record Site(
        string Name,
        bool Guests,
        bool Registration,
        bool First,
        Limits Limits,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Person? Me);

    /// <summary>Lengths in UTF-16 units.</summary>
    private sealed record Limits(
        int NameMin, int Name, int PasswordMin, int Password, int RoomName, int Text, long UploadBytes);
}
