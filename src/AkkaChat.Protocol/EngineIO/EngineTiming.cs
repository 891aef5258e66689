namespace AkkaChat.Protocol.EngineIO;

/// <summary>The time limits of one Engine.IO session.</summary>
/// <param name="PingInterval">From one pong (or the opening) to the next ping.</param>
/// <param name="PingTimeout">How long the client may take to answer a ping.</param>
/// <param name="UpgradeTimeout">How long a second transport may take from its arrival to its <c>upgrade</c> packet.</param>
/// <param name="StallLimit">By how much at most a ping deadline is put off while the server itself does not read.</param>
internal sealed record EngineTiming(
    TimeSpan PingInterval, TimeSpan PingTimeout, TimeSpan UpgradeTimeout, TimeSpan StallLimit);
