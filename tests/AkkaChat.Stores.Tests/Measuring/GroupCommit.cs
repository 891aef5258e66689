using System.Diagnostics;
using AkkaChat.Stores.Sqlite;
using AkkaChat.Stores.Tests.Support;
using AkkaChat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Stores.Tests.Measuring;

/// <summary>
/// Messages of about 200 bytes to 50 rooms that nobody is in, through the whole server: by one publisher, who waits for each,
/// and by many, whose messages are stored in groups. The stores wait for the disk.
/// </summary>
internal static class GroupCommit
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(5);
    private static readonly string Text = new('x', 160);

    public static async Task MeasureAsync(string folder)
    {
        Console.WriteLine("store, publishers: messages/s");
        await MeasureAsync("memory", () => Task.FromResult<IRoomLogStore>(new MemoryRoomLogStore()));
        await MeasureAsync("sqlite", () => Task.FromResult<IRoomLogStore>(new SqliteRoomLogStore(Path.Combine(folder, $"{Guid.NewGuid()}.db"))));
        var server = new PostgreSqlServer { IsDurable = true };
        await server.InitializeAsync();
        if (PostgreSqlServer.IsInstalled)
        {
            await MeasureAsync("postgresql", () => new PostgreSqlSource(server).CreateAsync());
        }

        await server.DisposeAsync();
    }

    private static async Task MeasureAsync(string name, Func<Task<IRoomLogStore>> create)
    {
        foreach (var publishers in (int[])[1, 10, 100, 1000])
        {
            var store = await create();
            await using var server = await ChatTestServer.StartAsync(services: services => services.AddSingleton(_ => store));
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, publishers).Select(publisher => Task.Run(async () =>
            {
                var log = server.Io.LogOf($"room {publisher % 50}");
                var count = 0;
                for (; watch.Elapsed < Lasting; count++)
                {
                    await log.Once($"{publisher}:{count}").PublishAsync("chat", Text);
                }

                return count;
            })));
            Console.WriteLine($"{name}, {publishers}: {counts.Sum() / watch.Elapsed.TotalSeconds:0}");
        }
    }
}
