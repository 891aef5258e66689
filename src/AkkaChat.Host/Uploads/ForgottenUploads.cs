using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Uploads;

/// <summary>Deletes files that were uploaded a day ago and that no message carries, and what a crash has left half written.</summary>
internal sealed class ForgottenUploads(
    UploadStore store, UploadFolder folder, TimeProvider time, ILogger<ForgottenUploads> logger) : HourlyWork(time, logger)
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        foreach (var id in await store.DeleteForgottenAsync())
        {
            folder.Delete(id);
        }

        folder.DeleteIncoming(_time.GetUtcNow() - LongestUpload);
    }
}
