using AkkaChat.Logs.Clustered;
using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Empties a log.</summary>
internal sealed class ClearOperation(RoomLogs logs, RoomLogKey key) : LogChange(logs, key)
{
    /// <inheritdoc/>
    public override bool EndsGroup => true;

    /// <inheritdoc/>
    protected override Task AskAsync(ClusterLogs cluster) => cluster.Writer.DoAsync(new LogRequest.Clear(Key.Namespace, Key.Room));
}
