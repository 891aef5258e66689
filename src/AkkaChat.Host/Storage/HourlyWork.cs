using System.Data.Common;

namespace AkkaChat.Host.Storage;

/// <summary>Work that is due every hour, and that the next hour does as well if it fails.</summary>
internal abstract partial class HourlyWork(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Does it.</summary>
    protected abstract Task RunAsync();

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends, or has not come to start.
        }
    }

    private async Task TryAsync()
    {
        try
        {
            await RunAsync();
        }
        catch (Exception exception) when (exception is TimeoutException or DbException or IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, GetType().Name, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Work} failed; it is tried again in an hour.")]
    private static partial void LogFailed(ILogger logger, string work, Exception exception);
}
