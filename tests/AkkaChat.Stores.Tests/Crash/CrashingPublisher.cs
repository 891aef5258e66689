using AkkaChat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Stores.Tests.Crash;

/// <summary>
/// A server that publishes by several publishers at once, each its messages 1, 2, 3 ... under ids, and writes a line for each
/// that was acknowledged. It never ends by itself.
/// </summary>
internal static class CrashingPublisher
{
    public static async Task RunAsync(string path, int publishers)
    {
        await using var server = await ChatTestServer.StartAsync(
            services: services => services.AddSqliteRoomLogs(path),
            configure: options => options.RoomLogMaxEntries = 1_000_000);
        var log = server.Io.LogOf("lobby");
        await Task.WhenAll(Enumerable.Range(1, publishers).Select(publisher => PublishAsync(log, publisher)));
    }

    private static async Task PublishAsync(IRoomLog log, int publisher)
    {
        for (var number = 1; ; number++)
        {
            var id = $"{publisher}-{number}";
            var position = await log.Once(id).PublishAsync("chat", id);

            // A line in one write, so that those of others are not mixed in.
            await Console.Out.WriteLineAsync($"{id} {position.Offset} {position.Epoch}");
        }
    }
}
