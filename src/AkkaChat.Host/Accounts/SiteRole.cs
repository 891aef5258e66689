namespace AkkaChat.Host.Accounts;

/// <summary>What an account is on the whole site; in a room there are roles of its own.</summary>
internal static class SiteRole
{
    public const string Member = "member";
    public const string Moderator = "moderator";
    public const string Administrator = "administrator";

    /// <summary>Whether there is such a role.</summary>
    public static bool IsKnown(string? role) => role is Member or Moderator or Administrator;
}
