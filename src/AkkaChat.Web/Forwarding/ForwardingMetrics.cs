using System.Diagnostics.Metrics;

namespace AkkaChat.Web.Forwarding;

/// <summary>How requests that were handed on ended.</summary>
internal enum ForwardingOutcome
{
    /// <summary>The owner answered, whatever it said.</summary>
    Answered,

    /// <summary>It is known to have left.</summary>
    Gone,

    /// <summary>It gave no sign of life.</summary>
    Silent,

    /// <summary>It could not be reached, or broke off.</summary>
    Broken,

    /// <summary>The client went first.</summary>
    Aborted,
}

/// <summary>What is measured of requests that this node hands on, on the meter <c>AkkaChat</c>.</summary>
internal sealed class ForwardingMetrics
{
    private readonly Counter<long> _requests;
    private long _active;

    public ForwardingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(new MeterOptions("AkkaChat"));
        _requests = meter.CreateCounter<long>(
            "akkachat.forwarding.requests", "{request}", "Requests for sessions of other nodes, by how they ended.");
        meter.CreateObservableUpDownCounter(
            "akkachat.forwarding.active", () => Active, "{request}", "Requests and WebSockets that are with other nodes now.");
    }

    /// <summary>Requests and WebSockets that are with other nodes now.</summary>
    public long Active => Interlocked.Read(ref _active);

    public void Begin() => Interlocked.Increment(ref _active);

    public void End(ForwardingOutcome outcome)
    {
        Interlocked.Decrement(ref _active);
        Count(outcome);
    }

    public void Count(ForwardingOutcome outcome) => _requests.Add(
        1, new KeyValuePair<string, object?>("akkachat.outcome", Enum.GetName(outcome)!.ToLowerInvariant()));
}
