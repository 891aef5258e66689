using System.Collections.Frozen;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>Names that no event may have, in either direction. "error" is an ordinary name.</summary>
internal static class ReservedEvents
{
    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "connect",
        "connect_error",
        "disconnect",
        "disconnecting",
        "newListener",
        "removeListener");

    public static bool Contains(string name) => Names.Contains(name);
}
