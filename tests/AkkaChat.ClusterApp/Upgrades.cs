using System.Collections.Concurrent;

namespace AkkaChat.ClusterApp;

/// <summary>The sessions whose upgrade to WebSocket came to this node, whichever node they live on. Thread-safe.</summary>
internal sealed class Upgrades
{
    private readonly ConcurrentQueue<string> _sessions = new();

    public IEnumerable<string> Sessions => _sessions;

    public Task NoteAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers.Upgrade == "websocket" && http.Request.Query["sid"] is [{ } session])
        {
            _sessions.Enqueue(session);
        }

        return next(http);
    }
}
