using AkkaChat.Host.Settings;

namespace AkkaChat.Host.Uploads;

/// <summary>
/// The folder with the contents of uploads, under names of our own: nothing that a client says becomes a path. Thread-safe.
/// </summary>
internal sealed class UploadFolder(ChatSettings settings)
{
    private const string Incoming = "incoming";
    private const int PrefixLength = 2;

    /// <summary>A file to write an upload into as it comes; it is gone when closed unless <see cref="Keep"/> has taken it.</summary>
    public FileStream CreateIncoming()
    {
        var folder = Path.Combine(settings.UploadFolder, Incoming);
        Directory.CreateDirectory(folder);
        return new FileStream(
            Path.Combine(folder, Guid.NewGuid().ToString("N")),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                Options = FileOptions.Asynchronous,
            });
    }

    /// <summary>Makes a file that has come in completely the content of that upload.</summary>
    public void Keep(string incoming, string id)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(incoming, path);
    }

    /// <summary>Where the content of an upload is. The id is one of the database's.</summary>
    public string PathOf(string id) => Path.Combine(settings.UploadFolder, id[^PrefixLength..], id);

    /// <summary>Deletes the content of an upload.</summary>
    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Deletes what came in incompletely before a crash.</summary>
    public void DeleteIncoming(DateTimeOffset before)
    {
        var folder = new DirectoryInfo(Path.Combine(settings.UploadFolder, Incoming));
        foreach (var file in folder.Exists ? folder.GetFiles() : [])
        {
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
            }
        }
    }
}
