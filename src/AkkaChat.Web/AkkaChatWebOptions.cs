using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web;

/// <summary>Settings in code, with those that need ASP.NET Core.</summary>
public sealed class AkkaChatWebOptions : AkkaChatOptions
{
    /// <summary>
    /// Asked about every request that would open a session, before there is one. It returns null to let the request
    /// through, or the reason for refusing it (status 403, code 4). An exception refuses too.
    /// </summary>
    public Func<HttpContext, ValueTask<string?>>? AllowRequest { get; set; }
}
