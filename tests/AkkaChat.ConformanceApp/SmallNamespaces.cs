using System.Text.Json;

namespace AkkaChat.ConformanceApp;

/// <summary>The namespaces that show one thing each.</summary>
internal static class SmallNamespaces
{
    public static void Map(IAkkaChat io)
    {
        var custom = io.Of("/custom");
        custom.OnConnect((Socket socket) => socket.EmitAsync("auth", socket.Handshake.Auth));
        MainNamespace.MapMessages(custom);
        MapGuarded(io.Of("/guarded"));
        MapBench(io.Of("/bench"));
        MapPresence(io.Of("/presence"));
        io.Of("/foo").On("getId", (Socket socket) => socket.Id);
        io.Of("/abc").OnConnect((Socket socket) => socket.EmitAsync("handshake", HandshakeObject.Of(socket)));
        io.Of("/asd");
        io.Of("/valid");
        io.Of("/timeout_socket");
        io.Of("/no").OnConnect(() => Connect.Refuse("Auth failed (custom namespace)"));
    }

    private static void MapGuarded(INamespace guarded)
    {
        guarded.OnConnect((Handshake handshake) => AuthOf(handshake, "token") is "let-me-in"
            ? Connect.Accept
            : Connect.Refuse("not authorized", new { code = 401, hint = "token" }));
        guarded.On("whoami", (Socket socket) => new { name = AuthOf(socket.Handshake, "name"), id = socket.Id });
    }

    private static void MapBench(INamespace bench)
    {
        bench.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        bench.On("chat", (ChatLine line) => bench.To(line.Room).EmitAsync("chat", line.Msg));
        bench.On("echo", (EventArgument argument) => argument);
    }

    private static void MapPresence(INamespace presence)
    {
        presence.On("enter", (Socket socket, string room, string who) =>
            presence.PresenceOf(room).TrackAsync(socket, new { status = "online" }, who));
        presence.On("status", (Socket socket, string room, string status) => presence.PresenceOf(room).UpdateAsync(socket, new { status }));
        presence.On("leave", (Socket socket, string room) => socket.LeaveAsync(room));
    }

    /// <summary>A text in the auth payload; null if it is not there, or no text.</summary>
    private static string? AuthOf(Handshake handshake, string name) =>
        handshake.Auth.As<JsonElement>().TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private sealed record ChatLine(string Room, EventArgument Msg);
}
