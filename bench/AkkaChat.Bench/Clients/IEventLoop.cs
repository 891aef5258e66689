namespace AkkaChat.Bench.Clients;

/// <summary>Waits for sockets and handles what they bring, on the caller's thread.</summary>
internal interface IEventLoop
{
    /// <summary>Waits for what comes, at most that long, and handles it.</summary>
    void Turn(int timeoutMilliseconds);
}
