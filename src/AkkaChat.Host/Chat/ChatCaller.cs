namespace AkkaChat.Host.Chat;

/// <summary>Who asks for something: a signed-in person, by one of their sockets.</summary>
internal sealed record ChatCaller(Socket Socket, string Id)
{
    /// <summary>The person as the socket's log-in says who they are.</summary>
    public static ChatCaller Of(Socket socket) => new(socket, socket.UserId ?? throw ChatRefusal.MayNot("do that without signing in"));
}
