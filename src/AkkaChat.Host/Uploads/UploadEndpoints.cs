using AkkaChat.Host.Accounts;
using AkkaChat.Host.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Host.Uploads;

/// <summary>Files come in, and go out to those who may read them, in a way that no browser takes for a page.</summary>
internal sealed class UploadEndpoints(UploadReceiver receiver, UploadStore store, UploadFolder folder)
{
    private const string ImagePrefix = "image/";

    private static readonly Refusal NoGuests = Refusal.NotAllowed("A guest can't upload files.");
    private static readonly Refusal NoSuchFile = Refusal.NotFound("There is no such file, or none that you may read.");

    public void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder endpoints)
    {
        api.MapPost("/uploads", ReceiveAsync).RequireAuthorization();
        endpoints.MapMethods("/files/{id}/{name}", ["GET", "HEAD"], SendAsync).RequireAuthorization();
    }

    private async Task<IResult> ReceiveAsync(HttpContext context, LoggedIn me, string? name)
    {
        if (me.Account.IsGuest)
        {
            return NoGuests;
        }

        // The receiver counts, and says in words what is too large.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var request = context.Request;
        var outcome = await receiver.ReceiveAsync(me.Account, name, request.ContentLength, request.Body, context.RequestAborted);
        return outcome.Value is { } upload ? Answers.Ok(new Uploaded(FileRef.Of(upload))) : outcome.Refusal!;
    }

    private async Task<IResult> SendAsync(HttpContext context, LoggedIn me, string id, string name)
    {
        if (await store.FindReadableAsync(id, me.Account.Id) is not { } upload || upload.Name != name || !File.Exists(folder.PathOf(upload.Id)))
        {
            return NoSuchFile;
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "private, max-age=86400";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return TypedResults.PhysicalFile(
            folder.PathOf(upload.Id),
            upload.Type,
            upload.Type.StartsWith(ImagePrefix, StringComparison.Ordinal) ? null : upload.Name,
            entityTag: new EntityTagHeaderValue($"\"{upload.Id}\""),
            enableRangeProcessing: true);
    }

    private sealed record Uploaded(FileRef File);
}
