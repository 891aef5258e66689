using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AkkaChat.Host.Accounts;

/// <summary>The secret of a log-in: random, and stored only as its hash, so that who reads the database can't log in.</summary>
internal static class LoginToken
{
    private const int Bytes = 32;
    private const int Characters = 43;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash; null if it can't be a token.</summary>
    public static string? Hash(string? token) =>
        token is { Length: Characters } ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))) : null;
}
