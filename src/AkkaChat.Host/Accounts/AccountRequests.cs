namespace AkkaChat.Host.Accounts;

/// <summary>What the endpoints of accounts and log-ins take and give.</summary>
internal static class AccountRequests
{
    public sealed record Credentials(string? Name, string? Password);

    public sealed record GuestName(string? Name);

    public sealed record PasswordChange(string? Current, string? Next);

    public sealed record NewToken(string? Label);

    public sealed record Welcome(Person Me);

    public sealed record IssuedToken(string Token, string Id);

    public sealed record LoginList(IEnumerable<ShownLogin> Logins);

    public sealed record ShownLogin(string Id, string Kind, string Label, long CreatedAt, long LastUsedAt, bool Current);
}
