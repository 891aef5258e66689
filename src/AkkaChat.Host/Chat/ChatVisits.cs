using System.Security.Claims;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>Sockets come and go: who they are, what they are told first, and who is online.</summary>
internal sealed class ChatVisits(
    IAkkaChat io, Logins logins, AccountStore accounts, MemberStore members, FirstRoom firstRoom, ILogger<ChatVisits> logger)
{
    private const int PeopleTold = 2_000;

    /// <summary>The Socket.IO room of everybody, whose presence is that of the chat.</summary>
    private const string Everybody = "everybody";

    private static readonly Connect NotSignedIn = Connect.Refuse("Log in first.", new { code = "not_signed_in" });

    /// <summary>Lets in whoever is logged in, by the cookie of the handshake or a token, and tells them what they have.</summary>
    public async Task<Connect> ConnectAsync(Socket socket, SignIn? signIn)
    {
        if (signIn?.Token is { } token && await logins.FindAsync(token) is { } found)
        {
            socket.User = ChatLoginHandler.PrincipalOf(found);
        }

        var id = socket.User.FindFirstValue(ClaimTypes.NameIdentifier);
        var login = socket.User.FindFirstValue(ChatLoginHandler.LoginClaim);
        if (id is null || login is null || await accounts.FindAsync(id) is not { BannedAt: null } account)
        {
            return NotSignedIn;
        }

        // First in reach of those who end log-ins, then looked at again: one that ended in between is not let in.
        await SignOut.AttachAsync(socket, account.Id, login);
        if (!await logins.IsAliveAsync(login))
        {
            return NotSignedIn;
        }

        await firstRoom.EnsureAsync(account);
        await WelcomeAsync(socket, account);
        await io.PresenceOf(Everybody).TrackAsync(socket, PresenceStatus.Online, account.Id);
        return Connect.Accept;
    }

    /// <summary>Notes when somebody was last seen.</summary>
    public async Task EndAsync(Socket socket)
    {
        try
        {
            if (socket.UserId is { } id)
            {
                await accounts.SeenAsync(id);
            }
        }
        catch (Exception exception)
        {
            VisitsLog.NotNoted(logger, exception);
        }
    }

    /// <summary>The person looks elsewhere, or is back; on this device.</summary>
    public async Task<Reply> AwayAsync(ChatCaller caller, AwayRequest request)
    {
        await io.PresenceOf(Everybody).UpdateAsync(caller.Socket, request.Away ? PresenceStatus.Away : PresenceStatus.Online);
        return Reply.Done;
    }

    private async Task WelcomeAsync(Socket socket, Account account)
    {
        var rooms = await members.RoomsOfAsync(account.Id);
        var people = await members.AroundAsync(account.Id, PeopleTold);
        await socket.EmitAsync(ChatEvents.Welcome, new Welcome(Person.Of(account), rooms, people.ConvertAll(Person.Of)));
    }

    /// <summary>What others know of a device.</summary>
    private sealed record PresenceStatus(string Status)
    {
        public static readonly PresenceStatus Online = new("online");
        public static readonly PresenceStatus Away = new("away");
    }
}
