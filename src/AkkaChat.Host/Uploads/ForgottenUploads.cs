namespace AkkaChat.Host.Uploads;

/// <summary>Deletes files that were uploaded a day ago and that no message carries, and what a crash has left half written.</summary>
internal sealed class ForgottenUploads(UploadStore store, UploadFolder folder, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    /// <summary>Deletes those of now.</summary>
    public async Task DeleteAsync()
    {
        foreach (var id in await store.DeleteForgottenAsync())
        {
            folder.Delete(id);
        }

        folder.DeleteIncoming(time.GetUtcNow() - LongestUpload);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await DeleteAsync();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
            {
                // The next hour will do.
            }
        }
    }
}
