namespace AkkaChat.Stores.Tests.Rooms;

/// <summary>A chat in one durable room.</summary>
internal static class DurableChat
{
    public static void Map(IAkkaChat io)
    {
        io.On("join", (Socket socket, LogPosition? since, int? limit) => io.LogOf("lobby").JoinAsync(socket, since, limit ?? 100));
        io.On("say", (string text, string? id) => (id is null ? io.LogOf("lobby") : io.LogOf("lobby").Once(id)).PublishAsync("chat", text));
        io.On("read", (LogPosition? since) => io.LogOf("lobby").ReadAsync(since));
        io.On("all at once", (Socket socket) =>
        {
            var log = io.LogOf("lobby");
            _ = log.PublishAsync("chat", "old");
            _ = log.JoinAsync(socket);
            _ = log.PublishAsync("chat", "new 1");
            _ = log.PublishAsync("chat", "new 2");
            _ = io.To("lobby").EmitAsync("plain", "plain");
        });
        io.Of("/admin");
    }
}
