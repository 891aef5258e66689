using System.Diagnostics.Metrics;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.EngineIO;

/// <summary>A message over the limit is something the application and its operator learn of.</summary>
public sealed class TooLargeTests
{
    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task It_has_a_reason_a_log_line_and_a_count_of_its_own(Transport transport)
    {
        using var logs = new RecordingLogs();
        await using var server = await TestServer.StartAsync(
            options: options => options.MaxPayload = 2000, build: builder => builder.Logging.AddProvider(logs));
        var closed = new Recorder<string?>();
        using var listener = Listen(server, closed);
        var client = await server.OpenAsync(transport, TestServer.Echo);

        await client.TrySendAsync("4" + new string('x', 2000));

        Assert.Equal("message too large", await server.EngineCloseReasons.NextAsync());
        Assert.Equal("message too large", await closed.NextAsync());
        Assert.Contains("akkachat.max-payload (2000 bytes)", await logs.NextWithAsync("max-payload"), StringComparison.Ordinal);
    }

    /// <summary>The reasons that one server counts, not those of the other servers in this process.</summary>
    private static MeterListener Listen(TestServer server, Recorder<string?> reasons)
    {
        var scope = server.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "akkachat.sessions.closed" && ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Add((string?)tags[0].Value));
        listener.Start();
        return listener;
    }
}
