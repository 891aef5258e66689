using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class BackgroundTests
{
    [Fact]
    public async Task Background_work_starts_with_the_server_and_is_told_when_it_stops()
    {
        var events = new Recorder<string>();
        Task? work = null;
        await using var server = await TestServer.StartAsync(io => work = io.StartBackground(async stopping =>
        {
            events.Add("started");
            await io.EmitAsync("tick");
            try
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }
            finally
            {
                events.Add("stopped");
            }
        }));
        Assert.Equal("started", await events.NextAsync());

        await server.StopAsync();
        await work!.Soon();
        Assert.Equal("stopped", await events.NextAsync());
    }

    [Fact]
    public async Task Background_work_that_fails_harms_nobody()
    {
        Task? work = null;
        await using var server = await TestServer.StartAsync(io =>
            work = io.StartBackground(_ => throw new InvalidOperationException("work")));
        await work!.Soon();

        var client = await server.JoinAsync();
        await client.EchoesAsync();
    }
}
