using Microsoft.AspNetCore.StaticFiles;

namespace AkkaChat.Host.Chat;

/// <summary>
/// Serves the chat page, which the build has put into this assembly (Ui.targets). Nothing else can run in it: no
/// script or style but its own files, no frame around it, and no text becomes markup. Images may also be those that the
/// person is about to attach (blob:).
/// </summary>
internal static class ChatPage
{
    private const string Index = "index.html";

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private const string NotBuilt =
        "The chat page was left out of this build. Build again without -p:SkipUi=true (that needs Node.js 20 or newer).";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Serves the page at <c>/</c> and its files beside it.</summary>
    public static void MapChatPage(this IEndpointRouteBuilder endpoints)
    {
        var files = PageFile.LoadAll(typeof(ChatPage).Assembly);
        foreach (var file in files)
        {
            endpoints.MapMethods(file.Name == Index ? "/" : $"/{file.Name}", ["GET", "HEAD"], context => SendAsync(context, file));
        }

        if (files.Count == 0)
        {
            endpoints.MapGet("/", () => Results.Text(NotBuilt, statusCode: StatusCodes.Status404NotFound));
        }
    }

    private static async Task SendAsync(HttpContext context, PageFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Vary = "Accept-Encoding";
        headers.ETag = file.ETag;

        // The names of all files but the page's carry a hash of what is in them.
        headers.CacheControl = file.Name == Index ? "no-cache" : "public, max-age=31536000, immutable";
        if (context.Request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await SendBodyAsync(context, file);
    }

    private static async Task SendBodyAsync(HttpContext context, PageFile file)
    {
        var isCompressed = AcceptsBrotli(context.Request);
        var body = isCompressed ? file.Compressed : file.Content;
        if (isCompressed)
        {
            context.Response.Headers.ContentEncoding = "br";
        }

        context.Response.ContentType = ContentTypes.TryGetContentType(file.Name, out var type) ? $"{type}; charset=utf-8" : null;
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(
            encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);
}
