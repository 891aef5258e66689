using Akka.Cluster.Sharding;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>Which owner, and which shard, a message of a relay is for.</summary>
internal sealed class RoomExtractor(int shards) : IMessageExtractor
{
    /// <inheritdoc/>
    public string EntityId(object message) => message is OwnerEnvelope { Target: null } envelope ? envelope.Room.EntityId : null!;

    /// <inheritdoc/>
    public object EntityMessage(object message) => message;

    /// <inheritdoc/>
    public string ShardId(object message) => ShardId(EntityId(message), message);

    /// <inheritdoc/>
    public string ShardId(string entityId, object? messageHint = null) => RoomAddress.ShardOf(entityId, shards);
}
