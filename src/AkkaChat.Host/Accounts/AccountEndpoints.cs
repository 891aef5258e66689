using AkkaChat.Host.Http;

namespace AkkaChat.Host.Accounts;

/// <summary>Coming in: registering, logging in, and as a guest.</summary>
internal sealed class AccountEndpoints(Registration registration, PasswordCheck passwords, Logins logins)
{
    /// <summary>In UTF-16 units; a name as it is kept is shorter.</summary>
    private const int LongestTyped = 256;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/register", RegisterAsync).RequireRateLimiting(RequestLimits.Registrations);
        api.MapPost("/guest", EnterAsGuestAsync).RequireRateLimiting(RequestLimits.Registrations);
        api.MapPost("/login", LogInAsync).RequireRateLimiting(RequestLimits.Logins);
    }

    private async Task<IResult> RegisterAsync(HttpContext context, AccountRequests.Credentials request) =>
        await WelcomeAsync(context, await registration.RegisterAsync(request.Name, request.Password));

    private async Task<IResult> EnterAsGuestAsync(HttpContext context, AccountRequests.GuestName request) =>
        await WelcomeAsync(context, await registration.EnterAsGuestAsync(request.Name));

    private async Task<IResult> LogInAsync(HttpContext context, AccountRequests.Credentials request)
    {
        // What can't be anybody's is tried as well, as the name and the password of nobody: the answer is the same.
        // Nor is a name held to the rules for new ones: it may be older than they are.
        var name = request.Name is { Length: <= LongestTyped } given && TypedText.IsStorable(given) ? given.Trim() : "";
        var password = request.Password is { Length: <= AccountRules.MaxPasswordLength } typed ? typed : "";
        return await WelcomeAsync(context, await passwords.RunAsync(name, password));
    }

    private async Task<IResult> WelcomeAsync(HttpContext context, Outcome<Account> outcome)
    {
        if (outcome.Value is not { } account)
        {
            return outcome.Refusal!;
        }

        var (_, token) = await logins.CreateAsync(account.Id, Login.Browser, context.Request.Headers.UserAgent);
        LoginCookie.Set(context, token, Logins.BrowserLifetime);
        return Answers.Ok(new AccountRequests.Welcome(Person.Of(account)));
    }
}
