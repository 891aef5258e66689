using System.Security.Cryptography;
using System.Text;
using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Api;

/// <summary>
/// Who may use the API. A request has its key as a bearer token, or, where a proxy needs the header
/// <c>Authorization</c> for itself, in <c>X-API-Key</c>.
/// </summary>
internal sealed class ApiKeys(ApiSettings settings)
{
    private const string Scheme = "Bearer ";
    private const string Header = "X-API-Key";

    private readonly byte[][] _digests = [.. settings.Keys.Select(Digest)];

    /// <summary>Whether there are none, so that nobody may.</summary>
    public bool IsEmpty => _digests.Length == 0;

    /// <summary>Whether the request has one of the keys.</summary>
    public bool Accept(HttpRequest request) => KeyOf(request) is { } key && IsKnown(key);

    private static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : request.Headers[Header] is [{ } key] ? key : null;
    }

    /// <summary>Takes the same time whichever key it is, and whether it is one.</summary>
    private bool IsKnown(string key)
    {
        var digest = Digest(key);
        var isKnown = false;
        foreach (var known in _digests)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(known, digest);
        }

        return isKnown;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
