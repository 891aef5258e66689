using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>Ends log-ins that have run out, and their sockets, within the hour.</summary>
internal sealed class ExpiredLogins(Logins logins, SignOut signOut, TimeProvider time, ILogger<ExpiredLogins> logger)
    : HourlyWork(time, logger)
{
    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        foreach (var login in await logins.ExpiredAsync())
        {
            await signOut.EndAsync(login.AccountId, login.Id, SignOut.ByLogout);
        }
    }
}
