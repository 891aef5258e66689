using AkkaChat.Protocol;

namespace AkkaChat.Logs.Clustered;

/// <summary>A part of a log, as clients get it.</summary>
/// <param name="Messages">The messages, in order.</param>
/// <param name="End">Up to where the log was read.</param>
/// <param name="IsComplete">Whether that was the log's end.</param>
internal sealed record LogReplay(IReadOnlyList<(LogPosition Position, WirePacket Packet)> Messages, LogPosition End, bool IsComplete);
