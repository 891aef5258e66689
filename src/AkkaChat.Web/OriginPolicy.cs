using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AkkaChat.Web;

/// <summary>
/// Decides from which pages a browser may connect, for polling and WebSocket alike: those of the server's own origin,
/// and those of the listed origins. Scheme and host are what ASP.NET Core says they are, so behind a proxy its forwarded
/// headers middleware decides whom to believe. A request without an origin comes from no page and may pass.
/// </summary>
internal sealed class OriginPolicy(CorsSettings settings)
{
    private readonly bool _allowsAny = settings.Origins.Contains("*");

    /// <summary>Whether a request may pass. Same origin, a listed one, or none.</summary>
    public bool Allows(HttpRequest request)
    {
        var header = request.Headers.Origin;
        return StringValues.IsNullOrEmpty(header)
            || (header.Count == 1 && (IsListed(header.ToString()) || IsOwn(request, header.ToString())));
    }

    /// <summary>Says in the response which origin it is for, if it is for another than the server's own.</summary>
    public void WriteHeaders(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !IsListed(origin))
        {
            return;
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = _allowsAny ? "*" : origin;
        if (!_allowsAny)
        {
            headers.Append("Vary", "Origin");
        }

        if (settings.Credentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }
    }

    /// <summary>Whether this asks what another request may do, from a listed origin.</summary>
    public bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.AccessControlRequestMethod.Count > 0
        && IsListed(request.Headers.Origin.ToString());

    /// <summary>Answers that: the methods of polling, and the headers that were asked for.</summary>
    public void AnswerPreflight(HttpContext context)
    {
        WriteHeaders(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET,POST";
        headers.AccessControlMaxAge = "600";
        if (context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked)
        {
            headers.AccessControlAllowHeaders = asked;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private bool IsListed(string origin)
    {
        if (_allowsAny)
        {
            return true;
        }

        foreach (var pattern in settings.Origins)
        {
            if (Matches(pattern, origin))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A star stands for exactly one label: *.example.com is neither example.com nor evilexample.com.</summary>
    private static bool Matches(string pattern, string origin)
    {
        var star = pattern.IndexOf("*.", StringComparison.Ordinal);
        if (star < 0)
        {
            return string.Equals(pattern, origin, StringComparison.OrdinalIgnoreCase);
        }

        var head = pattern.AsSpan(0, star);
        var tail = pattern.AsSpan(star + 1);
        if (origin.Length <= head.Length + tail.Length
            || !origin.AsSpan().StartsWith(head, StringComparison.OrdinalIgnoreCase)
            || !origin.AsSpan().EndsWith(tail, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var label = origin.AsSpan(head.Length, origin.Length - head.Length - tail.Length);
        return label.IndexOfAny("./:@") < 0;
    }
}
