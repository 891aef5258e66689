using System.Text.Json.Serialization;

namespace AkkaChat.Host.Uploads;

/// <summary>A file as messages carry it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">Of an image, in pixels; else absent.</param>
/// <param name="Height">Of an image, in pixels; else absent.</param>
/// <param name="Url">Where it is.</param>
internal sealed record FileRef(
    string Id,
    string Name,
    string Type,
    long Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Width,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Height,
    string Url)
{
    public static FileRef Of(Upload upload) => new(
        upload.Id,
        upload.Name,
        upload.Type,
        upload.Size,
        upload.Width,
        upload.Height,
        $"/files/{upload.Id}/{Uri.EscapeDataString(upload.Name)}");
}
