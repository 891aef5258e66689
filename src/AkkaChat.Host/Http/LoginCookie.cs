namespace AkkaChat.Host.Http;

/// <summary>The cookie in which a browser has its log-in. No script reads it, and no other site's requests carry it.</summary>
internal static class LoginCookie
{
    public const string Name = "akkachat";

    public static void Set(HttpContext context, string token, TimeSpan lifetime) =>
        context.Response.Cookies.Append(Name, token, Options(context, lifetime));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
