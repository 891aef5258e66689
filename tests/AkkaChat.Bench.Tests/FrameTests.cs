using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Tests;

public sealed class FrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void A_header_is_read_only_when_all_of_it_is_there(int payloadLength)
    {
        var frame = Unmasked(Opcode.Binary, new byte[payloadLength]);
        var headerLength = frame.Length - payloadLength;

        Assert.All(Enumerable.Range(0, headerLength), length => Assert.False(FrameHeader.TryRead(frame.AsSpan(0, length), out _)));
        Assert.True(FrameHeader.TryRead(frame, out var header));
        Assert.Equal(new FrameHeader(Opcode.Binary, true, headerLength, payloadLength), header);
        Assert.Equal(frame.Length, header.FrameLength);
    }

    [Fact]
    public void A_stamp_that_is_written_into_a_masked_frame_is_read_from_the_unmasked_one()
    {
        var stamp = new Stamp(123_456_789_012_345, 4_000_000_000, 9_999);
        var message = StampedMessage.Text(Encoding.UTF8.GetBytes($"42/bench,[\"chat\",\"{Stamp.Payload(128)}\"]"));

        message.With(new Stamp(1, 2, 3));
        var payload = Payload(message.With(stamp).ToArray());

        Assert.StartsWith("42/bench,[\"chat\",\"~", Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
        Assert.True(Stamp.TryRead(payload, out var read));
        Assert.Equal(stamp, read);
    }

    [Fact]
    public void The_stamp_of_a_message_with_an_attachment_is_in_the_attachment()
    {
        var stamp = new Stamp(5, 6, 7);
        var text = "451-/bench,[]"u8;
        var frames = StampedMessage.WithAttachment(text, Encoding.ASCII.GetBytes(Stamp.Payload(1_024))).With(stamp).ToArray();
        var attachment = frames[(ClientFrame.HeaderLength(text.Length) + text.Length)..];

        Assert.Equal(text.ToArray(), Payload(frames[..^attachment.Length]));
        Assert.True(Stamp.TryRead(Payload(attachment), out var read));
        Assert.Equal(stamp, read);
    }

    [Fact]
    public void A_message_without_a_stamp_has_none()
    {
        Assert.False(Stamp.TryRead("43/bench,0[]"u8, out _));
        Assert.False(Stamp.TryRead("~AAAA"u8, out _));
    }

    private static byte[] Payload(byte[] frame)
    {
        var from = ClientFrame.HeaderLength(frame[1] switch { 0xFE => 126, 0xFF => 65_536, _ => 1 });
        return [.. frame[from..].Select((octet, index) => (byte)(octet ^ ClientFrame.MaskAt(index)))];
    }

    private static byte[] Unmasked(Opcode opcode, byte[] payload)
    {
        var masked = ClientFrame.Of(opcode, payload);
        masked[1] &= 0x7F;
        return [.. masked[..^(payload.Length + sizeof(uint))], .. payload];
    }
}
