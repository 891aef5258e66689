using AkkaChat.Protocol.Tests.Support;

namespace AkkaChat.Protocol.Tests;

public class WireMessageTests
{
    [Theory]
    [InlineData(0, "8100")]
    [InlineData(1, "8101")]
    [InlineData(125, "817d")]
    [InlineData(126, "817e007e")]
    [InlineData(65535, "817effff")]
    [InlineData(65536, "817f0000000000010000")]
    public void A_text_frame_has_the_shortest_length_form(int length, string header)
    {
        var message = WireMessage.Text(new byte[length]);

        var headerLength = header.Length / 2;
        Assert.Equal(header, Convert.ToHexStringLower(message.Frame[..headerLength].Span));
        Assert.Equal(headerLength + length, message.Frame.Length);
    }

    [Fact]
    public void A_frame_carries_the_payload_unmasked()
    {
        Assert.Equal("8106342261626322", Convert.ToHexStringLower(WireMessage.Text("4\"abc\""u8.ToArray()).Frame.Span));
        Assert.Equal("8203010203", Convert.ToHexStringLower(WireMessage.Binary(new byte[] { 1, 2, 3 }).Frame.Span));
    }

    [Fact]
    public void A_frame_is_encoded_once()
    {
        var message = WireMessage.Text("42[]"u8.ToArray());

        Assert.True(message.Frame.Equals(message.Frame));
        Assert.Equal(0, Allocations.Of(() => _ = message.Frame));
    }

    [Fact]
    public void Data_is_what_was_given_without_a_copy()
    {
        var text = "42[]"u8.ToArray();
        ReadOnlyMemory<byte> binary = new byte[] { 1, 2, 3 };

        Assert.True(WireMessage.Text(text).Data.Equals(text));
        Assert.True(WireMessage.Binary(binary).Data.Equals(binary));
        Assert.False(WireMessage.Text(text).IsBinary);
        Assert.True(WireMessage.Binary(binary).IsBinary);
    }

    [Theory]
    [InlineData("", "b")]
    [InlineData("01", "bAQ==")]
    [InlineData("0102", "bAQI=")]
    [InlineData("01020304", "bAQIDBA==")]
    [InlineData("fbffbf", "b+/+/")]
    public void Polling_carries_binary_as_base64(string hex, string expected)
    {
        var message = WireMessage.Binary(Convert.FromHexString(hex));

        Assert.Equal(expected, Wire.Polling(message));
        Assert.Equal(expected.Length, message.PollingLength);
    }

    [Fact]
    public void Polling_carries_text_as_it_is()
    {
        var message = WireMessage.Text("4é"u8.ToArray());

        Assert.Equal("4é", Wire.Polling(message));
        Assert.Equal(3, message.PollingLength);
    }
}
