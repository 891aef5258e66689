namespace AkkaChat.Host.Http;

/// <summary>
/// What changes something by the cookie needs a header that a page of another site cannot send without asking first.
/// </summary>
internal sealed class CrossSiteFilter : IEndpointFilter
{
    private const string Header = "X-AkkaChat";

    private static readonly Refusal Missing = Refusal.NotAllowed($"This request needs the header {Header}: 1.");

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsSafe(context.HttpContext.Request) ? next(context) : ValueTask.FromResult<object?>(Missing);

    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || !request.Cookies.ContainsKey(LoginCookie.Name)
        || request.Headers.Authorization.Count > 0
        || request.Headers[Header] == "1";
}
