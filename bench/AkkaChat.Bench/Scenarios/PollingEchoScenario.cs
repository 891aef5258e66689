using AkkaChat.Bench.Polling;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Clients on HTTP long-polling ask for echoes, one at a time: two requests per round trip.</summary>
internal sealed record PollingEchoScenario(string Name, string Description, int Clients) : Scenario(Name, Description)
{
    private const int PayloadLength = 128;
    private const long ConnectLimit = 30 * Clock.Second;

    public override bool Suits(IProtocol protocol) => protocol is SocketIOProtocol;

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(2 * Clients);
        var load = new PollingEchoLoad();
        using var loop = new PollingLoop(target.Ports[0], PayloadLength, load);
        var end = Clock.Now + ConnectLimit;
        for (var connected = 0; load.ReadyClients < Clients;)
        {
            // The first alone, while a fresh server compiles its code; then all.
            for (; connected < Clients && (connected == 0 || load.ReadyClients > 0); connected++)
            {
                loop.Connect();
            }

            loop.Turn(timeoutMilliseconds: 100);
            if (Clock.Now > end)
            {
                throw new BenchException($"only {load.ReadyClients} of {Clients} polling clients could connect in time.");
            }
        }

        return LoadRun.Measure(Name, loop, load, target, length);
    }
}
