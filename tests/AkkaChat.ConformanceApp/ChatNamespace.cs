namespace AkkaChat.ConformanceApp;

/// <summary>Rooms, and everything that reaches several clients.</summary>
internal static class ChatNamespace
{
    public static void Map(INamespace chat)
    {
        MapMembership(chat);
        MapDelivery(chat);
        MainNamespace.MapKick(chat);
        chat.OnDisconnect((Socket socket, string reason) => chat.EmitAsync("left", socket.Id, reason));
    }

    private static void MapMembership(INamespace chat)
    {
        chat.On("join", async (Socket socket, string room) =>
        {
            await socket.JoinAsync(room);
            return socket.Rooms.Order(StringComparer.Ordinal);
        });
        chat.On("leave", async (Socket socket, string room) =>
        {
            await socket.LeaveAsync(room);
            return socket.Rooms.Order(StringComparer.Ordinal);
        });
        chat.On("who", async (string? room) =>
        {
            IBroadcaster target = room is null ? chat : chat.To(room);
            return (await target.SocketIdsAsync()).Order(StringComparer.Ordinal);
        });
    }

    private static void MapDelivery(INamespace chat)
    {
        chat.On("room-all", (Socket socket, string room, EventArgument data) => Say(chat.To(room), socket, data));
        chat.On("room-others", (Socket socket, string room, EventArgument data) => Say(socket.To(room), socket, data));
        chat.On("two-rooms", (Socket socket, string a, string b, EventArgument data) => Say(chat.To(a, b), socket, data));
        chat.On("others", (Socket socket, EventArgument data) => Say(socket.Broadcast, socket, data));
        chat.On("all", (Socket socket, EventArgument data) => Say(chat, socket, data));
        chat.On("all-except", (Socket socket, string room, EventArgument data) => Say(chat.Except(room), socket, data));
        chat.On("to-id", (Socket socket, string id, EventArgument data) => Say(chat.To(id), socket, data));
    }

    private static Task Say(IBroadcaster target, Socket socket, EventArgument data) =>
        target.EmitAsync("said", socket.Id, data);
}
