using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaChat.Host.Accounts;

namespace AkkaChat.Host.Administration;

/// <summary>What the endpoints of administrators and moderators take and give.</summary>
internal static class AdminRequests
{
    /// <summary>What is to be changed of a person; what is absent stays.</summary>
    /// <param name="Role">One of <see cref="SiteRole"/>.</param>
    /// <param name="Banned">Whether they are shut out.</param>
    /// <param name="MutedUntil">Milliseconds since 1970, UTC; null unmutes.</param>
    /// <param name="Reason">For the audit log.</param>
    /// <param name="Password">A new password.</param>
    public sealed record PersonChange(string? Role, bool? Banned, JsonElement MutedUntil, string? Reason, string? Password);

    /// <summary>A person, with what only those may know who look after the site.</summary>
    public sealed record AdminPerson(
        string Id,
        string Name,
        string Role,
        bool? Guest,
        long CreatedAt,
        long? LastSeenAt,
        long? BannedAt,
        long? MutedUntil,
        int Connections)
    {
        public static AdminPerson Of(Account account, int connections) => new(
            account.Id,
            account.Name,
            account.Role,
            account.IsGuest ? true : null,
            account.CreatedAt,
            account.LastSeenAt,
            account.BannedAt,
            account.MutedUntil,
            connections);
    }

    public sealed record OnePerson(AdminPerson Person);

    public sealed record PeopleList(IReadOnlyList<AdminPerson> People);

    public sealed record Overview(
        long People, int Online, long Rooms, long Messages, IReadOnlyList<Connection> Connections, int Nodes);

    /// <summary>A socket.</summary>
    public sealed record Connection(string Id, Person Person, long Since, string Transport, int Rooms);

    public sealed record RoomList(IReadOnlyList<AdminRoom> Rooms);

    public sealed record AuditPage(IReadOnlyList<ShownEntry> Entries);

    public sealed record ShownEntry(
        long Id,
        long At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Person? Actor,
        string Action,
        string? Room,
        string? Target,
        string? Details);
}
