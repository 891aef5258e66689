using AkkaChat.Logs.Clustered;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Something that changes a log: in a cluster it is done by the node that writes.</summary>
internal abstract class LogChange(RoomLogs logs, RoomLogKey key) : LogOperation(logs, key)
{
    /// <inheritdoc/>
    public override void Start()
    {
        if (Logs.Cluster is { IsWriting: false } cluster)
        {
            Logs.Server.Deadlines.Watch(this);
            _ = ForwardAsync(cluster);
        }
        else
        {
            base.Start();
        }
    }

    /// <summary>Sets it going on the node that writes.</summary>
    public void StartHere() => base.Start();

    /// <summary>Has the node that writes do it. What is asked is on its way when this returns.</summary>
    protected abstract Task AskAsync(ClusterLogs cluster);

    private async Task ForwardAsync(ClusterLogs cluster)
    {
        try
        {
            await AskAsync(cluster);
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
