using AkkaChat;

namespace QueueBridge;

/// <summary>What a message asks for, whichever program it is from.</summary>
/// <param name="Namespace">In which namespace.</param>
internal abstract record Command(string Namespace)
{
    public abstract Task RunAsync(INamespace io);

    /// <summary>To send an event.</summary>
    internal sealed record Emit(string Namespace, Targets To, string Event, object?[] Arguments, bool IsVolatile = false) : Command(Namespace)
    {
        public override Task RunAsync(INamespace io)
        {
            var target = To.In(io);
            return (IsVolatile ? target.Volatile : target).EmitAsync(Event, Arguments);
        }
    }

    /// <summary>To put sockets into rooms.</summary>
    internal sealed record Join(string Namespace, Targets To, string[] Rooms) : Command(Namespace)
    {
        public override Task RunAsync(INamespace io) => To.In(io).JoinAllAsync(Rooms);
    }

    /// <summary>To take sockets out of rooms.</summary>
    internal sealed record Leave(string Namespace, Targets To, string[] Rooms) : Command(Namespace)
    {
        public override Task RunAsync(INamespace io) => To.In(io).LeaveAllAsync(Rooms);
    }

    /// <summary>To disconnect sockets.</summary>
    internal sealed record Disconnect(string Namespace, Targets To, bool Close) : Command(Namespace)
    {
        public override Task RunAsync(INamespace io) => To.In(io).DisconnectAllAsync(Close);
    }

    /// <summary>To empty a room.</summary>
    internal sealed record CloseRoom(string Namespace, string Room) : Command(Namespace)
    {
        public override Task RunAsync(INamespace io) => io.CloseRoomAsync(Room);
    }
}

/// <summary>Whom a message names.</summary>
/// <param name="Rooms">Rooms and socket ids. None is everybody, for so it is in both formats.</param>
/// <param name="Except">Rooms and socket ids of those who are left out.</param>
internal sealed record Targets(string[] Rooms, string[] Except)
{
    public IBroadcaster In(INamespace io)
    {
        IBroadcaster all = io;
        return (Rooms.Length == 0 ? all : all.To(Rooms)).Except(Except);
    }
}
