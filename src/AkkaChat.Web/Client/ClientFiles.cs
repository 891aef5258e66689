using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Web.Client;

/// <summary>
/// Serves the official browser client beside the Socket.IO endpoint, as the Node.js server does: exact file names, the
/// package's version as entity tag, compressed as the browser likes. Any page may load a script, whatever its origin;
/// the headers for those that read it are of the <see cref="OriginPolicy"/>.
/// </summary>
internal sealed class ClientFiles
{
    public const string LeftOut =
        "This build of AkkaChat has no browser client: it was made on a machine without Node.js, or with -p:SkipUi=true. "
        + "Install Node.js 20 or newer with npm and build again, or load socket.io-client from where your page's other scripts are.\n";

    private static readonly Lazy<ClientPackage> Embedded = new(() => ClientPackage.Load(typeof(ClientFiles).Assembly));

    private readonly ClientPackage _package;
    private readonly OriginPolicy _origins;
    private readonly EntityTagHeaderValue _tag;

    private ClientFiles(ClientPackage package, OriginPolicy origins)
    {
        _package = package;
        _origins = origins;
        _tag = new EntityTagHeaderValue($"\"{package.Version}\"");
    }

    public static void Map(IEndpointRouteBuilder endpoints, string path, OriginPolicy origins) =>
        Map(endpoints, path, origins, Embedded.Value);

    public static void Map(IEndpointRouteBuilder endpoints, string path, OriginPolicy origins, ClientPackage package)
    {
        var files = new ClientFiles(package, origins);
        foreach (var name in ClientPackage.FileNames)
        {
            endpoints.Map($"{path.TrimEnd('/')}/{name}", context => files.HandleAsync(context, name));
        }
    }

    private Task HandleAsync(HttpContext context, string name)
    {
        var method = context.Request.Method;
        if (!IsExactly(context.Request.Path, name))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (_origins.IsPreflight(context.Request))
        {
            _origins.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        _origins.WriteHeaders(context);
        return _package.Find(name) is { } file ? SendAsync(context, file) : SayLeftOutAsync(context);
    }

    private Task SendAsync(HttpContext context, ClientFile file)
    {
        var response = context.Response;
        WriteCachingHeaders(response.Headers);
        if (IsKnownTo(context.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var encoding = ContentEncoding.Choose(context.Request.Headers.AcceptEncoding);
        var content = file.In(encoding);
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return SendBodyAsync(context, content);
    }

    private void WriteCachingHeaders(IHeaderDictionary headers)
    {
        headers.ETag = _tag.ToString();
        headers.CacheControl = "public, max-age=0";
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (headers.AccessControlAllowOrigin.Count == 0)
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }
    }

    /// <summary>Whether the browser has this version already, by a strong or a weak tag.</summary>
    private bool IsKnownTo(HttpRequest request)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known))
        {
            return false;
        }

        foreach (var tag in known)
        {
            if (tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(_tag, useStrongComparison: false))
            {
                return true;
            }
        }

        return false;
    }

    private static Task SayLeftOutAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return SendBodyAsync(context, Encoding.UTF8.GetBytes(LeftOut));
    }

    private static Task SendBodyAsync(HttpContext context, ReadOnlyMemory<byte> content) =>
        HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();

    /// <summary>Routing takes upper case and a slash at the end as the same; a file name is not.</summary>
    private static bool IsExactly(PathString path, string name) =>
        path.Value is { } value && value.EndsWith("/" + name, StringComparison.Ordinal);
}
