using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Polling;

/// <summary>The optional cookie with the session id, for load balancers that need one.</summary>
internal sealed class SessionCookie(CookieSettings? settings)
{
    public void Write(HttpContext context, string sessionId)
    {
        if (settings is null)
        {
            return;
        }

        context.Response.Cookies.Append(settings.Name, sessionId, new CookieOptions
        {
            Path = settings.Path,
            HttpOnly = settings.HttpOnly,
            Secure = settings.Secure,
            SameSite = settings.SameSite switch
            {
                "strict" => SameSiteMode.Strict,
                "none" => SameSiteMode.None,
                _ => SameSiteMode.Lax,
            },
        });
    }
}
