using System.Net;
using AkkaChat.Settings;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// Sends requests to other nodes. Over one connection many go at once, each with a window of its own, so that a client
/// that does not read holds up nobody else. Thread-safe.
/// </summary>
internal sealed class NodeClient(ClusterSettings settings) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = settings.AnswerTimeout,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = InternalProtocol.Heartbeat,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        KeepAlivePingTimeout = InternalProtocol.Heartbeat,
        UseCookies = false,
        UseProxy = false,
    });

    /// <summary>Sends a request; completes with the head of its response.</summary>
    /// <exception cref="HttpRequestException">The node cannot be reached, or broke off.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation(InternalProtocol.SecretHeader, settings.Secret);
        return _http.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
