using AkkaChat.Logs.Clustered;
using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Changes what a message of a log says.</summary>
internal sealed class ReplaceOperation(RoomLogs logs, RoomLogKey key, LogPosition position, string eventName, ArgumentData arguments)
    : LogChange(logs, key)
{
    public LogPosition Position { get; } = position;

    public ReadOnlyMemory<byte> Content { get; } = LogEventCodec.Encode(eventName, arguments);

    /// <summary>Whether there was such a message.</summary>
    public bool WasThere { get; private set; }

    /// <inheritdoc/>
    public override int Size => Content.Length;

    /// <summary>It is stored, if there was something to change.</summary>
    public void End(bool wasThere)
    {
        WasThere = wasThere;
        Done();
    }

    /// <inheritdoc/>
    protected override async Task AskAsync(ClusterLogs cluster)
    {
        var request = new LogRequest.Replace(Key.Namespace, Key.Room, Position, eventName, arguments);
        WasThere = (await cluster.Writer.ReplaceAsync(request)).WasThere;
    }
}
