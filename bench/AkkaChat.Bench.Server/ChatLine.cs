namespace AkkaChat.Bench.Server;

/// <summary>A message for a room; what it says goes on as it came.</summary>
internal sealed record ChatLine(string Room, EventArgument Msg);
