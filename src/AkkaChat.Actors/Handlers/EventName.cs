using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Handlers;

/// <summary>The rules for names of events.</summary>
internal static class EventName
{
    /// <summary>Refuses names that no event can have.</summary>
    public static void Check(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ReservedEvents.Contains(eventName))
        {
            throw new ArgumentException(
                $"'{eventName}' is a reserved event name: clients use it for their own events. Choose another; for the "
                + "life of connections there are OnConnect and OnDisconnect.",
                nameof(eventName));
        }
    }
}
