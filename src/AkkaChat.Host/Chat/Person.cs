namespace AkkaChat.Host.Chat;

/// <summary>Somebody who is connected.</summary>
/// <param name="SocketId">The socket, which is what rooms count.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="ClientId">The client's secret; null if it has none, and then nothing can be taken over.</param>
internal sealed record Person(string SocketId, string Name, string? ClientId);
