namespace AkkaChat.Delivery;

/// <summary>
/// The one that empties an <see cref="Outbox"/>: a WebSocket's writer or the polls of a session. An outbox has exactly
/// one at a time, which is what keeps order through a transport upgrade.
/// </summary>
internal interface IOutboxDrainer
{
    /// <summary>Whether a packet put into the empty outbox now would be on its way at once (volatile packets ask).</summary>
    bool IsReady { get; }

    /// <summary>Says that there is something to take. Called from any thread, outside all locks; never blocks.</summary>
    void Wake();
}
