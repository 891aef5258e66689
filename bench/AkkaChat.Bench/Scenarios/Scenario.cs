using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>One thing that is measured, the same way against every server.</summary>
/// <param name="Name">As <c>--scenario</c> takes it.</param>
/// <param name="Description">One line.</param>
internal abstract record Scenario(string Name, string Description)
{
    private const int FirstClientAttempts = 5;

    // Standard streams, the runtime's own files, and some air.
    private const int OtherOpenFiles = 200;

    /// <summary>The figure by which servers are compared.</summary>
    public virtual Figure Figure => Figure.CpuMicroseconds;

    /// <summary>Whether it is about several nodes: then clusters are measured, beside one node of the same kind.</summary>
    public bool IsForClusters { get; init; }

    /// <summary>Whether the server speaks what the scenario needs.</summary>
    public virtual bool Suits(IProtocol protocol) => true;

    public RunResult Run(Target target, RunLength length)
    {
        try
        {
            LetFirstClientIn(target);
            return Measure(target, length);
        }
        catch (BenchException failure)
        {
            return new RunResult { Scenario = Name, Server = target.Name, Failure = failure.Message };
        }
    }

    protected abstract RunResult Measure(Target target, RunLength length);

    protected static void RequireOpenFiles(int connections)
    {
        var limit = ProcessMeter.OpenFileLimit();
        if (limit < connections + OtherOpenFiles)
        {
            throw new BenchException($"{connections} connections need a higher limit of open files than {limit}: ulimit -n");
        }
    }

    /// <summary>
    /// A fresh server compiles its code with the first client, which on a busy machine takes longer than it gives a client to
    /// join: so the crowd comes when one was in.
    /// </summary>
    protected virtual void LetFirstClientIn(Target target)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var loop = new ClientLoop(target.Protocol, target.Ports);
                new Ramp(loop) { NodeOf = index => index }.Connect(target.Ports.Count);
                return;
            }
            catch (BenchException) when (attempt < FirstClientAttempts)
            {
                // The next one finds more of it compiled.
            }
        }
    }
}
