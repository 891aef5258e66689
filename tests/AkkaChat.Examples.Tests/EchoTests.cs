namespace AkkaChat.Examples.Tests;

public sealed class EchoTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_sends_back_what_comes_as_event_and_ack(bool byPort)
    {
        await using var program = await ExampleProgram.StartAsync("Echo", byPort);
        using var client = await new ExampleClient(program).ConnectAsync("echo");
        byte[] bytes = [0, 1, 255];

        var ack = await client.CallAsync("echo", "grüße", 42, bytes);
        var echo = await client.NextAsync("echo");

        Assert.Equal(("grüße", 42), (ack.GetValue<string>(), ack.GetValue<int>(1)));
        Assert.Equal(bytes, ack.GetValue<byte[]>(2));
        Assert.Equal(("grüße", 42), (echo.GetValue<string>(), echo.GetValue<int>(1)));
        Assert.Equal(bytes, echo.GetValue<byte[]>(2));
    }
}
