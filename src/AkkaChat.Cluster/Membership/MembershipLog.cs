using Microsoft.Extensions.Logging;

namespace AkkaChat.Membership;

/// <summary>What a node logs about its life in a cluster.</summary>
internal sealed partial class MembershipLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "This node is {Node}. It joins cluster {Cluster} by way of {Seeds}.")]
    public partial void Joining(string node, string cluster, string seeds);

    [LoggerMessage(2, LogLevel.Information, "This node is up: {Node} in cluster {Cluster}.")]
    public partial void Up(string node, string cluster);

    [LoggerMessage(3, LogLevel.Warning, "This node has not been let into cluster {Cluster} for {Seconds} s. It goes on trying these seeds: {Seeds}.")]
    public partial void NotUp(string cluster, double seconds, string seeds);

    [LoggerMessage(4, LogLevel.Warning, "Seed {Seed} has no address at present: {Reason}")]
    public partial void SeedUnknown(string seed, string reason);

    [LoggerMessage(5, LogLevel.Error, "A question of node {Node} could not be answered in full.")]
    public partial void AnswerFailed(Exception exception, string node);

    [LoggerMessage(6, LogLevel.Critical, "This node has been removed from cluster {Cluster}. The process ends, for its rooms are no longer those of the others.")]
    public partial void Removed(string cluster);

    [LoggerMessage(7, LogLevel.Critical, "The rooms of this node have failed. The process ends, for nobody knows what they had promised.")]
    public partial void Broken(Exception reason);
}
