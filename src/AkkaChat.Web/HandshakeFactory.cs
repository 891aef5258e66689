using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AkkaChat.Web;

/// <summary>Keeps what the application may ask of the request that opened a session.</summary>
internal static class HandshakeFactory
{
    public static Handshake Create(HttpContext context, TimeProvider time)
    {
        var request = context.Request;
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            query[name] = values.Count > 0 ? values[0] ?? "" : "";
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = values.ToString();
        }

        return new Handshake
        {
            Query = query,
            Headers = headers,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Url = request.GetEncodedPathAndQuery(),
            Secure = request.IsHttps,
            Time = time.GetUtcNow(),
            User = context.User,
        };
    }
}
