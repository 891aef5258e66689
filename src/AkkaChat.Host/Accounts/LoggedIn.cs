namespace AkkaChat.Host.Accounts;

/// <summary>Who makes a request.</summary>
/// <param name="Account">The account, as it was when the request came.</param>
/// <param name="Login">The log-in by which it came.</param>
/// <param name="IsProlonged">Whether this request has prolonged the log-in, as those do that come a while after the one before.</param>
internal sealed record LoggedIn(Account Account, Login Login, bool IsProlonged = false)
{
    /// <summary>For endpoints that take it as a parameter; null if nobody is logged in.</summary>
    public static ValueTask<LoggedIn?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<LoggedIn>());
}
