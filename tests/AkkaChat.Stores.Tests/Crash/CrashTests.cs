using System.Diagnostics;
using System.Globalization;
using AkkaChat.Stores.Sqlite;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Stores.Tests.Crash;

/// <summary>A server with logs in SQLite is killed in the midst of its work, again and again.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Publishers = 8;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (long Offset, string Epoch)> _acknowledged = [];

    [Fact]
    public async Task Of_what_was_acknowledged_nothing_is_lost_and_nothing_is_there_twice()
    {
        // Each life publishes all from the beginning again, and then more.
        await LiveAsync(until: 300);
        await LiveAsync(until: 900);
        await LiveAsync(until: 1500);

        var stored = await ReadAsync();

        Assert.Equal(Enumerable.Range(1, stored.Count).Select(number => (long)number), stored.Select(entry => entry.Offset));
        var byId = stored.ToDictionary(entry => entry.MessageId!, entry => entry.Offset);
        Assert.All(_acknowledged, acknowledged => Assert.Equal(acknowledged.Value.Offset, byId[acknowledged.Key]));
        Assert.InRange(stored.Count - _acknowledged.Count, 0, Publishers * 3);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a server until it has acknowledged so many messages, then kills it (SIGKILL).</summary>
    private async Task LiveAsync(int until)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location, "crash", Path(), $"{Publishers}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(start)!;
        try
        {
            while (_acknowledged.Count < until)
            {
                Note(await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The server has ended."));
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // What it still said counts as well, but for a line that was cut off.
        var rest = await process.StandardOutput.ReadToEndAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Note(line);
        }
    }

    private void Note(string line)
    {
        var parts = line.Split(' ');
        var position = (long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        Assert.True(_acknowledged.TryAdd(parts[0], position) || _acknowledged[parts[0]] == position, $"{parts[0]} has another answer than before.");
    }

    private async Task<List<StoredEntry>> ReadAsync()
    {
        await using var store = new SqliteRoomLogStore(Path());
        await store.OpenAsync(default);
        var slice = await store.ReadAsync(new RoomLogKey("/", "lobby"), new LogRange(0, long.MaxValue, int.MaxValue, Newest: false), default);
        Assert.All(_acknowledged.Values, acknowledged => Assert.Equal(slice.Top.Epoch, acknowledged.Epoch));
        return [.. slice.Entries];
    }

    private string Path() => _folder.File("rooms.db");
}
