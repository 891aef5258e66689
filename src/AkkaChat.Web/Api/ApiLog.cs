using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Api;

/// <summary>What is logged of the HTTP API. No keys, no content of events.</summary>
internal sealed partial class ApiLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "The HTTP API is at {Path}, for those who have one of {Count} keys.")]
    public partial void Mapped(string path, int count);

    [LoggerMessage(2, LogLevel.Information, "There is no HTTP API at {Path}: akkachat.api.keys has no key.")]
    public partial void NotMapped(string path);

    /// <summary>The first is a warning, the others are debug messages: whoever does it does it again and again.</summary>
    [LoggerMessage(EventId = 3, Message = "A request from {Address} to {Path} was refused: it has no key of the API, or a wrong one.")]
    public partial void WrongKey(LogLevel level, IPAddress? address, PathString path);

    [LoggerMessage(4, LogLevel.Warning, "A request of the HTTP API could not be carried out: {Why}")]
    public partial void Unavailable(string why);

    [LoggerMessage(5, LogLevel.Error, "A request of the HTTP API failed.")]
    public partial void Failed(Exception exception);
}
