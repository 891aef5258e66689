using Microsoft.Extensions.Logging;

namespace AkkaChat.Sharding;

/// <summary>What a node of a cluster logs about its rooms.</summary>
internal sealed partial class ClusterLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "The relay of room {Room} failed. Its members on this node are disconnected; the room goes on without them.")]
    public partial void RelayFailed(Exception exception, string room);

    [LoggerMessage(2, LogLevel.Error, "Entry {Sequence} of room {Room} has {Bytes} bytes that are no publication, or of a version too far away; nobody here gets it.")]
    public partial void ContentUnreadable(string room, long sequence, int bytes);

    [LoggerMessage(3, LogLevel.Warning, "Room {Room} stays closed until these nodes answer or are removed from the cluster: {Nodes}.")]
    public partial void RoomClosed(string room, string nodes);
}
