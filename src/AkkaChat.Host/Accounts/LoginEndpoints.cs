using AkkaChat.Host.Http;

namespace AkkaChat.Host.Accounts;

/// <summary>A person's own log-ins: ending them, tokens for programs, and the password.</summary>
internal sealed class LoginEndpoints(Logins logins, SignOut signOut, PasswordCheck check, Passwords passwords, AccountStore accounts)
{
    private const int MaxLogins = 100;

    private static readonly Refusal Guest = Refusal.NotAllowed("A guest has no password and no tokens.");
    private static readonly Refusal NoSuchLogin = Refusal.NotFound("There is no such log-in.");

    private static readonly Refusal NoLabel = Refusal.Invalid("Give the token a label, so that you know it from the others.", "label");

    private static readonly Refusal TooMany = new(
        StatusCodes.Status409Conflict, "conflict", $"An account has at most {MaxLogins} log-ins. End one of them first.");

    private static readonly Refusal WrongCurrent = new(
        StatusCodes.Status401Unauthorized, "wrong_credentials", "The current password is wrong.", "current");

    public void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").RequireAuthorization();
        group.MapPost("/logout", LogOutAsync);
        group.MapPost("/logout-everywhere", LogOutEverywhereAsync);
        group.MapPost("/password", ChangePasswordAsync).RequireRateLimiting(RequestLimits.Logins);
        group.MapPost("/tokens", IssueAsync);
        group.MapGet("/tokens", ListAsync);
        group.MapDelete("/tokens/{id}", EndAsync);
    }

    private async Task<IResult> LogOutAsync(HttpContext context, LoggedIn me)
    {
        await signOut.EndAsync(me.Account.Id, me.Login.Id, SignOut.ByLogout);
        LoginCookie.Clear(context);
        return Results.NoContent();
    }

    private async Task<IResult> LogOutEverywhereAsync(HttpContext context, LoggedIn me)
    {
        await signOut.EndAllAsync(me.Account.Id, SignOut.ByLogout);
        LoginCookie.Clear(context);
        return Results.NoContent();
    }

    private async Task<IResult> ChangePasswordAsync(LoggedIn me, AccountRequests.PasswordChange request)
    {
        if (me.Account.IsGuest)
        {
            return Guest;
        }

        if (AccountRules.WeakPassword(me.Account.Name, request.Next, "next") is { } weak)
        {
            return weak;
        }

        var current = request.Current is { Length: <= AccountRules.MaxPasswordLength } typed ? typed : "";
        if ((await check.RunAsync(me.Account.Name, current)).Refusal is { } refusal)
        {
            return refusal.Code == WrongCurrent.Code ? WrongCurrent : refusal;
        }

        await accounts.SetPasswordAsync(me.Account.Id, await passwords.HashAsync(request.Next!));
        await signOut.EndOthersAsync(me.Account.Id, me.Login.Id, SignOut.ByPassword);
        return Results.NoContent();
    }

    private async Task<IResult> IssueAsync(LoggedIn me, AccountRequests.NewToken request)
    {
        if (me.Account.IsGuest)
        {
            return Guest;
        }

        if (TypedText.OneLine(request.Label, 1).Length == 0)
        {
            return NoLabel;
        }

        if ((await logins.ListAsync(me.Account.Id)).Count >= MaxLogins)
        {
            return TooMany;
        }

        var (login, token) = await logins.CreateAsync(me.Account.Id, Login.Program, request.Label);
        return Answers.Ok(new AccountRequests.IssuedToken(token, login.Id));
    }

    private async Task<IResult> ListAsync(LoggedIn me)
    {
        var all = await logins.ListAsync(me.Account.Id);
        return Answers.Ok(new AccountRequests.LoginList(all.Select(login => new AccountRequests.ShownLogin(
            login.Id, login.Kind, login.Label, login.CreatedAt, login.LastUsedAt, login.Id == me.Login.Id))));
    }

    private async Task<IResult> EndAsync(LoggedIn me, string id) =>
        await signOut.EndAsync(me.Account.Id, id, SignOut.ByLogout) ? Results.NoContent() : NoSuchLogin;
}
