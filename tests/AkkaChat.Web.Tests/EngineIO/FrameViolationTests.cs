using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

/// <summary>Frames that break RFC 6455: the code of the close frame, and a neighbour that notices nothing.</summary>
public sealed class FrameViolationTests
{
    private const int ProtocolError = 1002;
    private const int Rsv1 = 0x40;
    private const int Rsv2 = 0x20;
    private const int Rsv3 = 0x10;

    [Theory]
    [InlineData(Rsv1 | RawFrames.Text)]
    [InlineData(Rsv2 | RawFrames.Text)]
    [InlineData(Rsv3 | RawFrames.Text)]
    [InlineData(Rsv2 | RawFrames.Binary)]
    [InlineData(Rsv3 | RawFrames.PingFrame)]
    [InlineData(0x3)]
    [InlineData(0x7)]
    [InlineData(0xB)]
    [InlineData(0xF)]
    [InlineData(RawFrames.Continuation)]
    public async Task A_first_byte_that_means_nothing_closes_with_1002(int firstByte) =>
        await ClosesAsync(ProtocolError, client => client.SendAsync(firstByte | RawFrames.Final, "4x"));

    [Fact]
    public async Task A_frame_without_a_mask_closes_with_1002() => await ClosesAsync(
        ProtocolError, client => client.SendAsync(RawFrames.Text | RawFrames.Final, "4a whole header's worth"u8.ToArray(), isMasked: false));

    [Fact]
    public async Task A_control_frame_in_parts_closes_with_1002() =>
        await ClosesAsync(ProtocolError, client => client.SendAsync(RawFrames.PingFrame, "x"));

    [Fact]
    public async Task A_control_frame_over_125_bytes_closes_with_1002() => await ClosesAsync(
        ProtocolError, client => client.SendAsync(RawFrames.PingFrame | RawFrames.Final, new byte[126]));

    [Fact]
    public async Task A_new_message_inside_another_closes_with_1002() => await ClosesAsync(ProtocolError, async client =>
    {
        await client.SendAsync(RawFrames.Text, "4begun");
        await client.SendAsync(RawFrames.Text | RawFrames.Final, "4again");
    });

    [Fact]
    public async Task A_length_with_its_highest_bit_set_closes_with_1002() => await ClosesAsync(ProtocolError, client =>
        client.WriteAsync(RawFrames.Frame(RawFrames.Binary | RawFrames.Final, [], isMasked: true, long.MinValue | 5)));

    [Fact]
    public async Task A_close_frame_with_half_a_code_closes_with_1002() => await ClosesAsync(
        ProtocolError, client => client.SendAsync(RawFrames.CloseFrame | RawFrames.Final, [3]));

    [Fact]
    public async Task Text_that_is_not_utf8_closes_with_1007() => await ClosesAsync(
        1007, client => client.SendAsync(RawFrames.Text | RawFrames.Final, [(byte)'4', 0xC3, 0x28]));

    [Fact]
    public async Task Text_that_ends_within_a_character_closes_with_1007() => await ClosesAsync(
        1007, client => client.SendAsync(RawFrames.Text | RawFrames.Final, [(byte)'4', 0xE2, 0x82]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_message_in_endless_tiny_fragments_is_cut_off(int size)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await RawFrames.OpenAsync(server.Host);

        await client.SendAsync(RawFrames.Text, "4");
        var fragments = Enumerable.Range(0, 5000)
            .SelectMany(_ => RawFrames.Frame(RawFrames.Continuation, new byte[size], isMasked: true, size))
            .ToArray();
        await client.WriteAsync(fragments);
        Assert.Equal(ProtocolError, await client.CloseCodeAsync());
        Assert.Equal("parse error", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_message_that_never_gets_complete_ends_with_the_heartbeat()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(200);
            options.PingTimeout = TimeSpan.FromMilliseconds(200);
        });
        await using var client = await RawFrames.OpenAsync(server.Host);

        await client.SendAsync(RawFrames.Text, "4begun");
        Assert.Equal(1001, await client.CloseCodeAsync());
        Assert.Equal("ping timeout", await server.EngineCloseReasons.NextAsync());
    }

    /// <summary>Both ways to read frames: our own, and ASP.NET Core's class.</summary>
    private static async Task ClosesAsync(int code, Func<RawFrames, Task> misbehave)
    {
        await ClosesAsync(code, misbehave, isDirect: true);
        await ClosesAsync(code, misbehave, isDirect: false);
    }

    private static async Task ClosesAsync(int code, Func<RawFrames, Task> misbehave, bool isDirect)
    {
        await using var server = await TestServer.StartAsync(options: options => options.DirectWebSockets = isDirect);
        var neighbour = await server.OpenWebSocketAsync(TestServer.Echo);
        await using var client = await RawFrames.OpenAsync(server.Host);

        await misbehave(client);
        Assert.Equal(code, await client.CloseCodeAsync().WaitAsync(Limit.Punishment));
        Assert.Equal("parse error", await server.EngineCloseReasons.NextAsync());
        await neighbour.SendAsync("4well?");
        await neighbour.ExpectAsync("4well?");
    }
}
