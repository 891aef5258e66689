using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Hosting;

/// <summary>A node that was told to end, as its clients see it.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Sessions_are_closed_over_the_time_and_not_all_at_once()
    {
        const int Clients = 20;
        await using var server = await TestServer.StartAsync(options: options => options.DrainTime = TimeSpan.FromSeconds(2));
        var closed = new List<TimeSpan>();
        var clients = new List<RawWebSocket>();
        for (var i = 0; i < Clients; i++)
        {
            clients.Add(await server.JoinAsync());
        }

        var from = TimeProvider.System.GetTimestamp();
        var ends = clients.ConvertAll(async client =>
        {
            await client.CloseCodeAsync();
            lock (closed)
            {
                closed.Add(TimeProvider.System.GetElapsedTime(from));
            }
        });
        await server.StopAsync();
        await Task.WhenAll(ends);

        Assert.Equal(Clients, closed.Count);
        Assert.InRange(closed.Max() - closed.Min(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }
}
