using System.Security.Claims;

namespace AkkaChat;

/// <summary>What is known of a client from the request that opened its connection. Never changes.</summary>
public sealed class Handshake
{
    internal Handshake()
    {
    }

    /// <summary>The parameters of the request's query string, decoded; of a repeated one the first.</summary>
    public IReadOnlyDictionary<string, string> Query { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The request's headers, names in lower case; repeated ones joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal init; } = new Dictionary<string, string>();

    /// <summary>
    /// The auth payload with which the client joined this namespace: a JSON object, empty if it sent none.
    /// </summary>
    public EventArgument Auth { get; internal init; } = EventArgument.EmptyObject;

    /// <summary>The client's address; null where the server does not know one.</summary>
    public string? Address { get; internal init; }

    /// <summary>Path and query of the request.</summary>
    public string Url { get; internal init; } = "";

    /// <summary>Whether the request came over TLS.</summary>
    public bool Secure { get; internal init; }

    /// <summary>When the connection was opened.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>Who the request's ASP.NET Core authentication says this is; anonymous if nobody.</summary>
    public ClaimsPrincipal User { get; internal init; } = new(new ClaimsIdentity());

    /// <summary>Whether the client sent an auth payload.</summary>
    public bool HasAuth { get; internal init; }

    internal Handshake WithAuth(EventArgument auth) => new()
    {
        HasAuth = true,
        Query = Query,
        Headers = Headers,
        Auth = auth,
        Address = Address,
        Url = Url,
        Secure = Secure,
        Time = Time,
        User = User,
    };
}
