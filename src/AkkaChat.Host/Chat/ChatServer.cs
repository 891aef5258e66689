namespace AkkaChat.Host.Chat;

/// <summary>
/// The server part of the chat page: names, rooms and messages, on the public API alone. Who may do what is decided by
/// <see cref="ChatRules"/> and <see cref="Presence"/>; this listens and tells.
/// </summary>
internal sealed class ChatServer
{
    private const int RoomsAnnounced = 100;
    private const int MessagesRemembered = 10_000;
    private const string SenderItem = "sender";

    private static readonly ChatEvents.Failed NoSuchRoom = new(
        $"A room's name has 1 to {ChatRules.MaxRoomLength} characters, none of them invisible.");

    private static readonly ChatEvents.Failed NotInRoom = new("You are not in this room.");

    private static readonly ChatEvents.Failed NoText = new(
        $"A message has 1 to {ChatRules.MaxTextLength} characters.");

    private static readonly ChatEvents.Failed NoAnswer = new("The room did not answer in time.");

    private static readonly ChatEvents.Failed TooManyRooms = new(
        $"You are in {ChatRules.MaxRoomsPerPerson} rooms already. Leave one first.");

    private readonly RecentMessages _recent = new(MessagesRemembered);
    private readonly Presence _presence;
    private readonly RoomCountAnnouncer _counts;
    private readonly IAkkaChat _io;
    private readonly TimeProvider _time;

    public ChatServer(IAkkaChat io, TimeProvider time)
    {
        (_io, _time) = (io, time);
        _presence = new Presence(io, time);
        _counts = new RoomCountAnnouncer(time, async () => await io.EmitAsync(ChatEvents.Rooms, await _presence.CountAsync(RoomsAnnounced)));
    }

    /// <summary>Registers the handlers.</summary>
    public void Map()
    {
        _io.OnConnect(ConnectAsync);
        _io.OnDisconnect((Socket socket) => Background.Run(() => TellAsync(ChatEvents.Left, socket, Presence.LeftBy(socket))));
        _io.On(ChatEvents.Join, (Socket socket, ChatEvents.RoomRequest request) => JoinAsync(socket, request));
        _io.On(ChatEvents.Leave, (Socket socket, ChatEvents.RoomRequest request) => LeaveAsync(socket, request));
        _io.On(ChatEvents.Message, (Socket socket, ChatEvents.MessageRequest request) => SendAsync(socket, request));
    }

    private async Task<Connect> ConnectAsync(Socket socket, ChatEvents.Identity? identity)
    {
        if (ChatRules.ReadName(identity?.Name) is not { } name)
        {
            return Connect.Refuse(
                $"A name has 1 to {ChatRules.MaxNameLength} characters, none of them invisible.",
                ChatEvents.Refusal.NameInvalid);
        }

        var clientId = ChatRules.ReadClientId(identity?.ClientId);
        if (!await _presence.TryEnterAsync(socket, name, clientId))
        {
            return Connect.Refuse(
                $"Somebody here is called {name} already. Choose another name.", ChatEvents.Refusal.NameTaken);
        }

        socket.Items[SenderItem] = clientId ?? socket.Id;
        await socket.EmitAsync(ChatEvents.Rooms, await _presence.CountAsync(RoomsAnnounced));
        return Connect.Accept;
    }

    private async Task<ChatEvents.Reply> JoinAsync(Socket socket, ChatEvents.RoomRequest request)
    {
        if (ChatRules.ReadRoom(request.Room) is not { } room)
        {
            return NoSuchRoom;
        }

        var isNew = Presence.Spelled(socket, room) is null;
        if (isNew && Presence.RoomsOf(socket) >= ChatRules.MaxRoomsPerPerson)
        {
            return TooManyRooms;
        }

        try
        {
            var spelled = Presence.Spelled(socket, room) ?? await _presence.JoinAsync(socket, room);
            if (isNew)
            {
                await TellAsync(ChatEvents.Joined, socket, [spelled]);
            }

            // Looked at again: whoever came before the socket heard the room is in no event that it gets.
            var now = await _presence.LookAsync(spelled);
            return new ChatEvents.Entered(now.Room, now.Members, now.Version);
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }
    }

    private async Task<ChatEvents.Reply> LeaveAsync(Socket socket, ChatEvents.RoomRequest request)
    {
        if (ChatRules.ReadRoom(request.Room) is not { } room)
        {
            return NoSuchRoom;
        }

        if (Presence.Spelled(socket, room) is not { } spelled)
        {
            return new ChatEvents.Gone();
        }

        try
        {
            await socket.LeaveAsync(Presence.KeyOf(room));
            await TellAsync(ChatEvents.Left, socket, [spelled]);
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }

        return new ChatEvents.Gone();
    }

    private async Task<ChatEvents.Reply> SendAsync(Socket socket, ChatEvents.MessageRequest request)
    {
        if (!ChatRules.IsText(request.Text))
        {
            return NoText;
        }

        if (ChatRules.ReadRoom(request.Room) is not { } named || Presence.Spelled(socket, named) is not { } room)
        {
            return NotInRoom;
        }

        var message = _recent.Take((string)socket.Items[SenderItem]!, ChatRules.ReadKey(request.Key), NewMessage);
        if (!message.IsDelivered && !await DeliverAsync(message, Presence.NameOf(socket), room, request.Text!))
        {
            return NoAnswer;
        }

        return new ChatEvents.Delivered(message.Id, message.At);
    }

    private async Task<bool> DeliverAsync(RecentMessages.Entry message, string name, string room, string text)
    {
        try
        {
            await _io.To(Presence.KeyOf(room)).EmitAsync(
                ChatEvents.Message, new ChatEvents.MessageSent(message.Id, room, name, text, message.At));
            message.IsDelivered = true;
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private RecentMessages.Entry NewMessage() =>
        new(Guid.CreateVersion7().ToString("N"), _time.GetUtcNow().ToUnixTimeMilliseconds());

    private Task TellAsync(string eventName, Socket socket, IEnumerable<string> rooms) =>
        Task.WhenAll(rooms.Select(room => TellAsync(eventName, Presence.NameOf(socket), room)));

    private async Task TellAsync(string eventName, string name, string room)
    {
        _counts.Changed();
        var now = await _presence.LookAsync(room);
        await _io.To(Presence.KeyOf(room)).EmitAsync(
            eventName, new ChatEvents.MembershipChanged(room, name, now.Members, now.Version));
    }
}
