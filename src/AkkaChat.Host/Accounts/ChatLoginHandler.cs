using System.Security.Claims;
using System.Text.Encodings.Web;
using AkkaChat.Host.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AkkaChat.Host.Accounts;

/// <summary>
/// Who makes a request: by the cookie of a browser, or by the bearer token of a program. It serves Socket.IO's handshakes too,
/// so that a socket's user id is the account's.
/// </summary>
internal sealed class ChatLoginHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Logins logins)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ChatLogin";

    /// <summary>The claim with the id of the log-in.</summary>
    public const string LoginClaim = "login";

    private const string Bearer = "Bearer ";

    private static readonly Refusal NotSignedIn = new(
        StatusCodes.Status401Unauthorized, "not_signed_in", "Log in first.");

    private static readonly Refusal NotAllowed = Refusal.NotAllowed("Your account may not do this.");

    /// <summary>What a log-in says of its person, also for sockets that show their token in the auth payload.</summary>
    public static ClaimsPrincipal PrincipalOf(LoggedIn found) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, found.Account.Id),
            new(ClaimTypes.Name, found.Account.Name),
            new(ClaimTypes.Role, found.Account.Role),
            new(LoginClaim, found.Login.Id),
        ],
        SchemeName));

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = BearerToken() ?? Request.Cookies[LoginCookie.Name];
        if (token is null || IsOfOpenSession())
        {
            return AuthenticateResult.NoResult();
        }

        if (await logins.FindAsync(token) is not { } found)
        {
            return AuthenticateResult.Fail("The log-in does not hold any more.");
        }

        Context.Features.Set(found);
        if (found.Login.Kind == Login.Browser && found.IsProlonged)
        {
            LoginCookie.Set(Context, token, Logins.BrowserLifetime);
        }

        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(found), SchemeName));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => NotSignedIn.ExecuteAsync(Context);

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => NotAllowed.ExecuteAsync(Context);

    /// <summary>Null if the request shows none; any other kind of authorization is no token, and wins over the cookie too.</summary>
    private string? BearerToken()
    {
        var header = Request.Headers.Authorization.ToString();
        return header.Length == 0 ? null
            : header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : "";
    }

    /// <summary>Socket.IO asks when a session is opened; its polls, which are many, belong to that.</summary>
    private bool IsOfOpenSession() => Request.Query.ContainsKey("sid");
}
