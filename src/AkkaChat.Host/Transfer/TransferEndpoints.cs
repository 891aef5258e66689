using System.Net.Mime;
using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Administration;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Host.Transfer;

/// <summary>Rooms go out as files, and come in.</summary>
internal sealed class TransferEndpoints(
    RoomStore rooms, RoomExport export, RoomImport import, AuditLog audit, ChatDatabase database)
{
    private const int LargestArchive = 64 << 20;

    private static readonly Refusal NoSuchRoom = Refusal.NotFound("There is no such room, or none that you may export.");

    private static readonly Refusal NoArchive = Refusal.Invalid(
        "The body is no archive of a room: it must be JSON as an export of this program writes it.");

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rooms/{id}/export", ExportAsync).RequireAuthorization();
        api.MapPost("/rooms/import", ImportAsync).RequireAuthorization(AdminEndpoints.Administrators)
            .WithMetadata(new RequestSizeLimitAttribute(LargestArchive));
    }

    private async Task<IResult> ExportAsync(HttpContext context, LoggedIn me, string id)
    {
        if (await rooms.StandingAsync(id, me.Account.Id) is not { } standing
            || !AccessRules.May(standing, RoomAction.Export)
            || await rooms.FindAsync(id) is not { } room)
        {
            return NoSuchRoom;
        }

        await database.WriteAsync(session => audit.WriteAsync(session, me.Account.Id, "room.exported", id));
        var name = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        name.SetHttpFileName($"{(room.Name.Length > 0 ? room.Name : "direct")}.json");
        context.Response.Headers.ContentDisposition = name.ToString();
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await JsonSerializer.SerializeAsync(
            context.Response.Body, await export.ExportAsync(room), ChatJson.Options, context.RequestAborted);
        return Results.Empty;
    }

    private async Task<IResult> ImportAsync(HttpContext context, LoggedIn me)
    {
        try
        {
            var archive = await JsonSerializer.DeserializeAsync<RoomArchive<List<ArchivedMessage>>>(
                context.Request.Body, ChatJson.Options, context.RequestAborted);
            if (archive is not { Room: not null, People: not null, Messages: not null })
            {
                return NoArchive;
            }

            var room = await import.ImportAsync(archive, me.Account.Id);
            await database.WriteAsync(session => audit.WriteAsync(session, me.Account.Id, "room.imported", room.Id));
            return Results.Json(new { room }, ChatJson.Options);
        }
        catch (JsonException)
        {
            return NoArchive;
        }
        catch (ChatRefusal refusal)
        {
            return Refusal.Invalid(refusal.Message);
        }
    }
}
