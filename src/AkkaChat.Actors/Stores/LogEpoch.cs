using System.Security.Cryptography;

namespace AkkaChat.Stores;

/// <summary>Makes epochs.</summary>
public static class LogEpoch
{
    /// <summary>An epoch that was never used before: 16 letters and digits of chance.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
