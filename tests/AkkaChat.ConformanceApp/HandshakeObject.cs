namespace AkkaChat.ConformanceApp;

/// <summary>What a client may see of its own handshake.</summary>
internal sealed record HandshakeObject(
    IReadOnlyDictionary<string, string> Query, EventArgument Auth, IReadOnlyDictionary<string, string> Headers)
{
    public static HandshakeObject Of(Socket socket) =>
        new(socket.Handshake.Query, socket.Handshake.Auth, socket.Handshake.Headers);
}
