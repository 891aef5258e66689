using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Accounts;

/// <summary>
/// Ends log-ins, and with them their sockets, on all nodes. Each socket of the chat is in the rooms of its account and of its
/// log-in from before it is let in (<see cref="AttachAsync"/>): it has a user id only after that.
/// </summary>
internal sealed class SignOut(ChatDatabase database, IAkkaChat io)
{
    public const string ByLogout = "logout";
    public const string ByBan = "banned";
    public const string ByRemoval = "removed";
    public const string ByPassword = "password";

    /// <summary>
    /// Puts a socket in reach of whoever ends its log-in. Then look whether the log-in still holds: one that has ended before
    /// is found out so, one that ends later takes the socket with it.
    /// </summary>
    public static async Task AttachAsync(Socket socket, string accountId, string loginId)
    {
        await socket.JoinAsync(RoomOfAccount(accountId));
        await socket.JoinAsync(RoomOf(loginId));
    }

    /// <summary>Ends one log-in of an account.</summary>
    /// <returns>False if the account has no such log-in.</returns>
    public async Task<bool> EndAsync(string accountId, string loginId, string reason)
    {
        var deleted = await database.WriteAsync(session => session.ExecuteAsync(
            "DELETE FROM logins WHERE id = @loginId AND account_id = @accountId", new { loginId, accountId }));
        if (deleted > 0)
        {
            await TellAsync(io.To(RoomOf(loginId)), reason);
        }

        return deleted > 0;
    }

    /// <summary>Ends all log-ins of an account but that one.</summary>
    public async Task EndOthersAsync(string accountId, string loginId, string reason)
    {
        await database.WriteAsync(session => session.ExecuteAsync(
            "DELETE FROM logins WHERE account_id = @accountId AND id <> @loginId", new { accountId, loginId }));
        await TellAsync(io.To(RoomOfAccount(accountId)).Except(RoomOf(loginId)), reason);
    }

    /// <summary>Ends all log-ins of an account.</summary>
    public async Task EndAllAsync(string accountId, string reason)
    {
        await database.WriteAsync(session => DeleteAllAsync(session, accountId));
        await DisconnectAllAsync(accountId, reason);
    }

    /// <summary>The first half of <see cref="EndAllAsync"/>, in a transaction with its cause.</summary>
    public static Task DeleteAllAsync(DbSession session, string accountId) =>
        session.ExecuteAsync("DELETE FROM logins WHERE account_id = @accountId", new { accountId });

    /// <summary>The second half of <see cref="EndAllAsync"/>: after that transaction.</summary>
    public Task DisconnectAllAsync(string accountId, string reason) => TellAsync(io.To(RoomOfAccount(accountId)), reason);

    private static string RoomOf(string loginId) => $"login:{loginId}";

    private static string RoomOfAccount(string accountId) => $"account:{accountId}";

    private static async Task TellAsync(IBroadcaster sockets, string reason)
    {
        try
        {
            await sockets.EmitAsync("signed_out", new { reason });
        }
        finally
        {
            // Also those who could not be told why.
            await sockets.DisconnectAllAsync(close: true);
        }
    }
}
