using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;
using AkkaChat.Bench.Scenarios;
using AkkaChat.Bench.Servers;

namespace AkkaChat.Bench.Tests;

/// <summary>Small scenarios against the application that is measured: the figures are no matter here, that nothing is lost is.</summary>
public sealed class ScenarioTests
{
    private static readonly RunLength Short = new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.5));

    [Fact]
    public async Task Members_of_rooms_get_everything_once_and_in_order()
    {
        var result = await RunAsync(new RoomScenario("rooms", "", new RoomShape(3, 10)) { Outstanding = 4 });

        AssertFlawless(result);
        Assert.True(result.CpuMicroseconds > 0);
        Assert.True(result.LatencyMilliseconds!.P50 > 0);
    }

    [Fact]
    public async Task Several_may_speak_in_one_room()
    {
        var result = await RunAsync(new RoomScenario("rooms", "", new RoomShape(3, 10) { Publishers = 2 }) { Outstanding = 4 });

        AssertFlawless(result);
    }

    [Fact]
    public async Task Clients_that_join_many_rooms_are_counted_by_room()
    {
        var result = await RunAsync(new ManyRoomsScenario("many", "", Clients: 3, RoomsEach: 20));

        Assert.Null(result.Failure);
        Assert.True(result.CpuMicroseconds > 0);
        Assert.NotNull(result.KibibytesPerRoom);
    }

    [Fact]
    public async Task Bytes_are_delivered_too() =>
        AssertFlawless(await RunAsync(new RoomScenario("bytes", "", new RoomShape(1, 10, 1_024, AsBytes: true)) { Outstanding = 1 }));

    [Fact]
    public async Task A_paced_load_keeps_its_pace()
    {
        var result = await RunAsync(new RoomScenario("paced", "", new RoomShape(1, 20)) { PerSecond = 50 });

        AssertFlawless(result);
        Assert.InRange(result.DeliveriesPerSecond!.Value, 500, 1_500);
    }

    [Fact]
    public async Task Echoes_come_back() => AssertFlawless(await RunAsync(new EchoScenario("echo", "", Clients: 10, Outstanding: 16)));

    [Fact]
    public async Task Echoes_come_back_over_long_polling() =>
        AssertFlawless(await RunAsync(new PollingEchoScenario("polling", "", Clients: 10)));

    [Fact]
    public async Task A_server_that_refuses_is_a_failure_and_no_exception()
    {
        var result = await RunAsync(new EchoScenario("echo", "", Clients: 1, Outstanding: 1), new PlainProtocol());

        Assert.Contains("refused", result.Failure, StringComparison.Ordinal);
    }

    private static void AssertFlawless(RunResult result)
    {
        Assert.Null(result.Failure);
        Assert.True(result.IsFlawless, result.ToString());
        Assert.True(result.DeliveriesPerSecond > 0);
    }

    private static async Task<RunResult> RunAsync(Scenario scenario, IProtocol? protocol = null)
    {
        var server = new ServerDefinition(
            "akkachat", protocol ?? new SocketIOProtocol(), Built.Application, [], Built.Application, new Dictionary<string, string>());
        await using var running = await RunningServer.StartAsync(server, core: null, CancellationToken.None);
        return scenario.Run(running.Target, Short);
    }
}
