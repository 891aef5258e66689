using System.Net;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Forwarding;

/// <summary>What is logged of requests that nodes hand on to each other. No ids of sessions, no secret.</summary>
internal sealed partial class ForwardingLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Requests that other nodes hand on are taken at {Address}.")]
    public partial void Listening(string address);

    [LoggerMessage(2, LogLevel.Debug, "{Method} {Path} was handed to {Owner}: {Outcome}.")]
    public partial void Forwarded(string method, string path, string owner, ForwardingOutcome outcome);

    [LoggerMessage(3, LogLevel.Warning,
        "{Owner} has given no sign of life for {Seconds} s; sessions of its are unknown until it does.")]
    public partial void OwnerSilent(string owner, double seconds);

    [LoggerMessage(4, LogLevel.Information, "{Owner} answers again.")]
    public partial void OwnerAnswersAgain(string owner);

    [LoggerMessage(5, LogLevel.Error,
        "{Owner} refuses the secret of this node: akkachat.cluster.secret must be the same on all nodes.")]
    public partial void SecretRefused(string owner);

    /// <summary>The first is a warning, the others are debug messages: whoever does it does it again and again.</summary>
    [LoggerMessage(EventId = 6, Message = "A request from {Address} to the internal listener was refused: it has not the secret of this cluster.")]
    public partial void WrongSecret(LogLevel level, IPAddress? address);
}
