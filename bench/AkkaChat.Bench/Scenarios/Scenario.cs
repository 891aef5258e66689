using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>One thing that is measured, the same way against every server.</summary>
/// <param name="Name">As <c>--scenario</c> takes it.</param>
/// <param name="Description">One line.</param>
internal abstract record Scenario(string Name, string Description)
{
    // Standard streams, the runtime's own files, and some air.
    private const int OtherOpenFiles = 200;

    /// <summary>The figure by which servers are compared.</summary>
    public virtual Figure Figure => Figure.CpuMicroseconds;

    /// <summary>Whether the server speaks what the scenario needs.</summary>
    public virtual bool Suits(IProtocol protocol) => true;

    public RunResult Run(Target target, RunLength length)
    {
        try
        {
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
        var limit = Measuring.ProcessMeter.OpenFileLimit();
        if (limit < connections + OtherOpenFiles)
        {
            throw new BenchException($"{connections} connections need a higher limit of open files than {limit}: ulimit -n");
        }
    }
}
