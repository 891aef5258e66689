namespace AkkaChat.Handlers;

/// <summary>What a handler is for; decides which parameters it may have.</summary>
internal enum HandlerKind
{
    /// <summary>Handles an event; takes its arguments.</summary>
    Event,

    /// <summary>Decides on a connection; takes the auth payload.</summary>
    Connect,

    /// <summary>Hears of a disconnect; takes the reason.</summary>
    Disconnect,

    /// <summary>Handles what another handler has thrown; takes the exception.</summary>
    Error,
}
