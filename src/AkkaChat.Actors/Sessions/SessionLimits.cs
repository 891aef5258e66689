namespace AkkaChat.Sessions;

/// <summary>What one session may hold in memory.</summary>
/// <param name="OutboxBytes">Most bytes that wait to be written to the client.</param>
/// <param name="PendingEvents">Most events of the client that wait or run.</param>
/// <param name="PendingBytes">Most bytes of them, give or take the last one.</param>
internal sealed record SessionLimits(long OutboxBytes, int PendingEvents, long PendingBytes);
