using System.Diagnostics.Metrics;

namespace AkkaChat.Web.Api;

/// <summary>How a request of the API ended.</summary>
internal enum ApiOutcome
{
    /// <summary>It was carried out. Of the commands of a batch each may have failed.</summary>
    Done,

    /// <summary>It had no key, or a wrong one.</summary>
    Unauthorized,

    /// <summary>It was wrong in itself.</summary>
    Invalid,

    /// <summary>A room could not be reached in time.</summary>
    Unavailable,

    /// <summary>The server has failed.</summary>
    Failed,

    /// <summary>Its sender went first.</summary>
    Aborted,
}

/// <summary>What is measured of the API, on the meter <c>AkkaChat</c>.</summary>
internal sealed class ApiMetrics(IMeterFactory factory)
{
    private readonly Counter<long> _requests = factory.Create(new MeterOptions("AkkaChat"))
        .CreateCounter<long>("akkachat.api.requests", "{request}", "Requests of the HTTP API, by what they ask and how they ended.");

    public void Count(string operation, ApiOutcome outcome) => _requests.Add(
        1,
        new KeyValuePair<string, object?>("akkachat.operation", operation),
        new KeyValuePair<string, object?>("akkachat.outcome", Enum.GetName(outcome)!.ToLowerInvariant()));
}
