namespace AkkaChat.Protocol;

/// <summary>
/// The messages of one packet, which no other packet's may come between: a text, and its binary attachments if any.
/// </summary>
internal sealed class WirePacket
{
    private readonly WireMessage _first;
    private readonly WireMessage[]? _all; // only if there is more than one

    private WirePacket(WireMessage first, WireMessage[]? all)
    {
        _first = first;
        _all = all;
        foreach (var message in Messages)
        {
            Size += message.Data.Length;
        }
    }

    public ReadOnlySpan<WireMessage> Messages => _all ?? new ReadOnlySpan<WireMessage>(in _first);

    /// <summary>Bytes of all messages' <see cref="WireMessage.Data"/>: what an outbox counts.</summary>
    public int Size { get; }

    /// <summary>Whether it is worth compressing, where compression is on. Set before it is sent.</summary>
    public bool Compress { get; set; } = true;

    public static WirePacket Of(WireMessage message) => new(message, all: null);

    public static WirePacket Of(WireMessage first, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        if (attachments.Count == 0)
        {
            return Of(first);
        }

        var all = new WireMessage[1 + attachments.Count];
        all[0] = first;
        for (var i = 0; i < attachments.Count; i++)
        {
            all[1 + i] = WireMessage.Binary(attachments[i]);
        }

        return new WirePacket(first, all);
    }
}
