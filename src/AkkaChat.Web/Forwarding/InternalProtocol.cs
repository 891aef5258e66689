using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// What nodes say to each other: HTTP/2 without TLS, each request with the secret of the cluster. A request of a client
/// keeps its method, path and query, with <see cref="SessionPath"/> before them; a WebSocket is an extended CONNECT
/// (RFC 8441), whose bytes are those between client and owner.
/// </summary>
internal static class InternalProtocol
{
    /// <summary>Before the path of a request that is handed on.</summary>
    public const string SessionPath = "/session";

    /// <summary>Where a node is asked whether it runs; answered with 204.</summary>
    public const string AlivePath = "/alive";

    /// <summary>
    /// Where a node is told to answer the poll of a session now, because the node that it came to is about to end; the
    /// query is the poll's. Answered with 204.
    /// </summary>
    public const string ReleasePath = "/release";

    /// <summary>Only the internal listener reads it, and no header of a client's becomes it.</summary>
    public const string SecretHeader = "akkachat-secret";

    /// <summary>Answers a wrong secret. No request of a session is ever answered so.</summary>
    public const int WrongSecret = 401;

    /// <summary>For how long a connection between nodes is silent until it is tried, and for how long it then may be.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What of a client's request the owner needs: what the session was opened with it knows already, and nothing of the
    /// application runs there. Everything else, cookies and tokens above all, stays on the node that was asked.
    /// </summary>
    public static readonly IReadOnlyList<string> RequestHeaders =
    [
        "Accept-Encoding", "Content-Type", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Sec-WebSocket-Version",
    ];

    /// <summary>Path and query, encoded, of a client's request that is handed on.</summary>
    public static string TargetOf(HttpRequest request) => SessionPath
        + request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();

    /// <summary>Path and query, encoded, by which a client's poll that was handed on is released.</summary>
    public static string ReleaseOf(HttpRequest request) => ReleasePath + request.QueryString.ToUriComponent();

    /// <summary>Compares in a time that tells nothing.</summary>
    public static bool IsSecret(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(Digest(given), Digest(secret));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
