using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Empties a log.</summary>
internal sealed class ClearOperation(RoomLogs logs, RoomLogKey key) : LogOperation(logs, key)
{
    /// <inheritdoc/>
    public override bool EndsGroup => true;
}
