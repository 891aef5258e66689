namespace AkkaChat.Host.Accounts;

/// <summary>How long an account is locked after wrong passwords: the fifth in a row locks it, each further one for longer.</summary>
internal static class Lockout
{
    public const int Limit = 5;

    private const int MaxDoublings = 4;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>For how long, after so many; null: not at all.</summary>
    public static TimeSpan? After(long failures)
    {
        if (failures < Limit)
        {
            return null;
        }

        var doubled = First * Math.Pow(2, Math.Min(failures - Limit, MaxDoublings));
        return doubled < Longest ? doubled : Longest;
    }
}
