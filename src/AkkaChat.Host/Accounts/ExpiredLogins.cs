namespace AkkaChat.Host.Accounts;

/// <summary>Ends log-ins that have run out, and their sockets, within the hour.</summary>
internal sealed class ExpiredLogins(Logins logins, SignOut signOut, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Ends those that have run out by now.</summary>
    public async Task EndAsync()
    {
        foreach (var login in await logins.ExpiredAsync())
        {
            await signOut.EndAsync(login.AccountId, login.Id, SignOut.ByLogout);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndAsync();
            }
            catch (Exception exception) when (exception is TimeoutException or System.Data.Common.DbException)
            {
                // The next hour will do: a log-in that has run out opens nothing meanwhile.
            }
        }
    }
}
