namespace AkkaChat.Sockets;

/// <summary>Reads a client's ack as the type the caller asked for.</summary>
internal static class AckResult
{
    /// <summary>All arguments, or the first one; the default value if the client sent none.</summary>
    public static T As<T>(EventArguments answer)
    {
        if (answer is T all)
        {
            return all;
        }

        return answer.Count == 0 ? default! : answer[0].As<T>()!;
    }
}
