using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Messages;

/// <summary>A message that is sent again and again, framed and masked; only its stamp is written anew each time.</summary>
internal sealed class StampedMessage
{
    private readonly byte[] _frames;
    private readonly int _stampAt;
    private readonly int _maskFrom;

    private StampedMessage(byte[] frames, int stampAt, int maskFrom)
    {
        _frames = frames;
        _stampAt = stampAt;
        _maskFrom = maskFrom;
    }

    /// <summary>A text message that contains <see cref="Stamp.Payload"/>.</summary>
    public static StampedMessage Text(ReadOnlySpan<byte> text) => Create([], Opcode.Text, text);

    /// <summary>A text message that announces an attachment, and the attachment, which contains the stamp.</summary>
    public static StampedMessage WithAttachment(ReadOnlySpan<byte> text, ReadOnlySpan<byte> attachment) =>
        Create(ClientFrame.Of(Opcode.Text, text), Opcode.Binary, attachment);

    /// <summary>The bytes to send; valid until the next call.</summary>
    public ReadOnlySpan<byte> With(in Stamp stamp)
    {
        var target = _frames.AsSpan(_stampAt, Stamp.Length);
        stamp.Write(target);
        for (var index = 0; index < target.Length; index++)
        {
            target[index] ^= ClientFrame.MaskAt(_maskFrom + index);
        }

        return _frames;
    }

    private static StampedMessage Create(byte[] before, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var maskFrom = Stamp.IndexIn(payload);
        var stampAt = before.Length + ClientFrame.HeaderLength(payload.Length) + maskFrom;
        return new StampedMessage([.. before, .. ClientFrame.Of(opcode, payload)], stampAt, maskFrom);
    }
}
