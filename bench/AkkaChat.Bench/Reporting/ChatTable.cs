using System.Globalization;

namespace AkkaChat.Bench.Reporting;

/// <summary>What only the chat has: messages that are stored before they are acked.</summary>
internal static class ChatTable
{
    private static readonly string[] Head =
        ["server", "stored/s", "CPU µs per message", "ack p50 ms", "p90", "p99", "p99.9", "max", "people/s into their rooms"];

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<RunResult> medians)
    {
        var stored = medians.Where(median => median.AckMilliseconds is not null).ToList();
        return stored.Count == 0 ? [] : [Head, [.. Head.Select((_, index) => index == 0 ? "---" : "---:")], .. stored.Select(Row)];
    }

    private static IReadOnlyList<string> Row(RunResult median)
    {
        var ack = median.AckMilliseconds!;
        double?[] numbers =
        [
            median.StoredPerSecond, median.ServerCpus * 1_000_000 / median.StoredPerSecond,
            ack.P50, ack.P90, ack.P99, ack.P999, ack.Max, median.ConnectionsPerSecond,
        ];
        return [median.Server, .. numbers.Select(number => number?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "")];
    }
}
