namespace AkkaChat.Host.Chat;

/// <summary>
/// The server part of the chat page: names, rooms and messages, on the public API alone. Who may do what is decided by
/// <see cref="ChatRules"/> and <see cref="Presence"/>; this listens and tells.
/// </summary>
internal sealed class ChatServer
{
    private const int RoomsAnnounced = 100;
    private const int MessagesRemembered = 10_000;

    private static readonly ChatEvents.Failed NoSuchRoom = new(
        $"A room's name has 1 to {ChatRules.MaxRoomLength} characters, none of them invisible.");

    private static readonly ChatEvents.Failed NotInRoom = new("You are not in this room.");

    private static readonly ChatEvents.Failed NoText = new(
        $"A message has 1 to {ChatRules.MaxTextLength} characters.");

    private static readonly ChatEvents.Failed NoAnswer = new("The room did not answer in time.");

    private readonly Presence _presence = new();
    private readonly RecentMessages _recent = new(MessagesRemembered);
    private readonly RoomCountAnnouncer _counts;
    private readonly IAkkaChat _io;
    private readonly TimeProvider _time;

    public ChatServer(IAkkaChat io, TimeProvider time)
    {
        (_io, _time) = (io, time);
        _counts = new RoomCountAnnouncer(time, () => io.EmitAsync(ChatEvents.Rooms, _presence.Counts(RoomsAnnounced)));
    }

    /// <summary>Registers the handlers.</summary>
    public void Map()
    {
        _io.OnConnect(ConnectAsync);
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

        var newcomer = new Person(socket.Id, name, ChatRules.ReadClientId(identity?.ClientId));
        if (_presence.Admit(newcomer) is not { IsAccepted: true } admission)
        {
            return Connect.Refuse(
                $"Somebody here is called {name} already. Choose another name.", ChatEvents.Refusal.NameTaken);
        }

        if (admission.Replaced is { } replaced)
        {
            Background.Run(() => PutOutAsync(replaced));
        }

        // The token and not OnDisconnect: a client that goes away while it is being let in never was connected, but
        // has the name already.
        socket.Aborted.Register(() => Release(socket.Id));
        await socket.EmitAsync(ChatEvents.Rooms, _presence.Counts(RoomsAnnounced));
        return Connect.Accept;
    }

    private async Task<ChatEvents.Reply> JoinAsync(Socket socket, ChatEvents.RoomRequest request)
    {
        if (ChatRules.ReadRoom(request.Room) is not { } room)
        {
            return NoSuchRoom;
        }

        var entrance = _presence.Enter(socket.Id, room);
        if (entrance is not { Person: { } person, Room: { } entered })
        {
            return new ChatEvents.Failed(entrance.Error ?? "");
        }

        try
        {
            await socket.JoinAsync(ChatRooms.KeyOf(room));
            if (entrance.IsNew)
            {
                await TellAsync(ChatEvents.Joined, person, entered);
            }
        }
        catch (TimeoutException)
        {
            return NoAnswer;
        }

        // Looked at again: whoever came before the socket heard the room is in no event that it gets.
        var now = _presence.Look(room);
        return new ChatEvents.Entered(entered.Room, now.Members, now.Version);
    }

    private async Task<ChatEvents.Reply> LeaveAsync(Socket socket, ChatEvents.RoomRequest request)
    {
        if (ChatRules.ReadRoom(request.Room) is not { } room)
        {
            return NoSuchRoom;
        }

        try
        {
            await socket.LeaveAsync(ChatRooms.KeyOf(room));
            await TellAsync(_presence.Leave(socket.Id, room));
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

        if (ChatRules.ReadRoom(request.Room) is not { } named
            || _presence.Speaker(socket.Id, named) is not ({ } person, { } room))
        {
            return NotInRoom;
        }

        var message = _recent.Take(person.ClientId ?? person.SocketId, ChatRules.ReadKey(request.Key), NewMessage);
        if (!message.IsDelivered && !await DeliverAsync(message, person, room, request.Text!))
        {
            return NoAnswer;
        }

        return new ChatEvents.Delivered(message.Id, message.At);
    }

    private async Task<bool> DeliverAsync(RecentMessages.Entry message, Person person, string room, string text)
    {
        try
        {
            await _io.To(ChatRooms.KeyOf(room)).EmitAsync(
                ChatEvents.Message, new ChatEvents.MessageSent(message.Id, room, person.Name, text, message.At));
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

    private void Release(string socketId)
    {
        if (_presence.Release(socketId) is { } departure)
        {
            Background.Run(() => TellAsync(departure));
        }
    }

    /// <summary>The same client came again, so its earlier connection ends: a stale one, or another tab.</summary>
    private async Task PutOutAsync(Presence.Departure replaced)
    {
        if (_io.Find(replaced.Person.SocketId) is { } socket)
        {
            await socket.EmitAsync(ChatEvents.Replaced);
            await socket.DisconnectAsync(close: true);
        }

        await TellAsync(replaced);
    }

    private async Task TellAsync(Presence.Departure? departure)
    {
        if (departure is not null)
        {
            await Task.WhenAll(departure.Rooms.Select(room => TellAsync(ChatEvents.Left, departure.Person, room)));
        }
    }

    private Task TellAsync(string eventName, Person person, Membership room)
    {
        _counts.Changed();
        return _io.To(ChatRooms.KeyOf(room.Room)).EmitAsync(
            eventName, new ChatEvents.MembershipChanged(room.Room, person.Name, room.Members, room.Version));
    }
}
