using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>A message on its way into its log and then to the room's members.</summary>
internal sealed class PublishOperation(RoomLogs logs, LogAppend append, string eventName, ArgumentData arguments)
    : LogOperation(logs, append.Log)
{
    public LogAppend Append { get; } = append;

    /// <summary>Its place, once it has one.</summary>
    public LogPosition Position { get; private set; }

    /// <inheritdoc/>
    public override int Size { get; } = append.Content.Length;

    /// <summary>The log has had a message of that id.</summary>
    public void Repeat(LogPosition position)
    {
        Position = position;
        Done();
    }

    /// <summary>It is stored; now the members get it.</summary>
    public void Emit(LogPosition position)
    {
        Position = position;
        _ = EndWithAsync(Logs.Emit(Key, position, eventName, arguments));
    }

    private async Task EndWithAsync(Task emitted)
    {
        try
        {
            await emitted;
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
