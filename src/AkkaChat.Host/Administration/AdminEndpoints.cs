using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;

namespace AkkaChat.Host.Administration;

/// <summary>What administrators do by HTTP; moderators may list, ban and mute people.</summary>
internal sealed class AdminEndpoints(
    PeopleAdministration administration, SiteStore site, SiteConnections connections, AuditLog audit, AccountStore accounts,
    Departure departure)
{
    /// <summary>The policy of what only administrators may.</summary>
    public const string Administrators = "administrators";

    /// <summary>The policy of what moderators may too.</summary>
    public const string Moderators = "moderators";

    public void Map(IEndpointRouteBuilder api)
    {
        var moderators = api.MapGroup("/admin").RequireAuthorization(Moderators);
        moderators.MapGet("/people", PeopleAsync);
        moderators.MapPost("/people/{id}", ChangeAsync);
        var administrators = api.MapGroup("/admin").RequireAuthorization(Administrators);
        administrators.MapGet("/overview", OverviewAsync);
        administrators.MapDelete("/people/{id}", RemoveAsync);
        administrators.MapGet("/rooms", async () => Answers.Ok(new AdminRequests.RoomList(await site.RoomsAsync())));
        administrators.MapGet("/audit", AuditAsync);
    }

    private async Task<IResult> PeopleAsync(string? query, string? after)
    {
        var found = await site.PeopleAsync(query, after);
        var counts = await connections.CountAsync(found.Select(account => account.Id));
        return Answers.Ok(new AdminRequests.PeopleList([.. found.Zip(counts, AdminRequests.AdminPerson.Of)]));
    }

    private async Task<IResult> ChangeAsync(LoggedIn me, string id, AdminRequests.PersonChange request)
    {
        var outcome = await administration.ChangeAsync(me.Account, id, PersonEdit.Of(request));
        if (outcome.Value is not { } account)
        {
            return outcome.Refusal!;
        }

        var counts = await connections.CountAsync([account.Id]);
        return Answers.Ok(new AdminRequests.OnePerson(AdminRequests.AdminPerson.Of(account, counts[0])));
    }

    private async Task<IResult> RemoveAsync(LoggedIn me, string id)
    {
        var outcome = await administration.RemoveAsync(me.Account, id);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        await departure.LeaveAllAsync(id, me.Account.Id);
        return Results.NoContent();
    }

    private async Task<IResult> OverviewAsync()
    {
        var counts = await site.CountAsync();
        var (online, list) = await connections.ListAsync();
        var nodes = await connections.CountNodesAsync();
        return Answers.Ok(new AdminRequests.Overview(counts.People, online, counts.Rooms, counts.Messages, list, nodes));
    }

    private async Task<IResult> AuditAsync(long? before)
    {
        var entries = await audit.ReadAsync(before);
        var actors = await accounts.PeopleAsync(entries.Select(entry => entry.ActorId).OfType<string>().ToHashSet());
        var known = actors.ToDictionary(person => person.Id);
        return Answers.Ok(new AdminRequests.AuditPage([.. entries.Select(entry => new AdminRequests.ShownEntry(
            entry.Id,
            entry.At,
            known.GetValueOrDefault(entry.ActorId ?? ""),
            entry.Action,
            entry.Room,
            entry.Target,
            entry.Details))]));
    }
}
