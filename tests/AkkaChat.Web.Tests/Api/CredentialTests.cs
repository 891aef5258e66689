using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class CredentialTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_client_whose_credentials_expire_is_asked_for_new_ones_and_stays()
    {
        var refreshed = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io => Map(io, refreshed: refreshed));
        var client = await server.JoinAsync(auth: """{"token":"first"}""");

        var asked = await client.ReceiveAsync();
        Assert.EndsWith("""["auth:refresh"]""", asked, StringComparison.Ordinal);
        var ackId = asked[2..asked.IndexOf('[', StringComparison.Ordinal)];
        await client.SendAsync($$"""43{{ackId}}[{"token":"second"}]""");
        Assert.Equal("second", await refreshed.NextAsync());
        await client.SendAsync("""421["token"]""");
        await client.ExpectAsync("""431["second"]""");
    }

    [Fact]
    public async Task A_client_that_brings_no_good_credentials_is_closed()
    {
        await using var server = await TestServer.StartAsync(io => Map(io));
        var client = await server.JoinAsync(auth: """{"token":"first"}""");

        var asked = await client.ReceiveAsync();
        var ackId = asked[2..asked.IndexOf('[', StringComparison.Ordinal)];
        await client.SendAsync($$"""43{{ackId}}[{"token":"bad"}]""");
        Assert.Contains("credentials expired", await client.EndsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_closed_after_the_grace()
    {
        await using var server = await TestServer.StartAsync(
            io => Map(io), options => options.AuthGrace = TimeSpan.FromMilliseconds(100));
        var client = await server.JoinAsync(auth: """{"token":"first"}""");

        Assert.Contains("credentials expired", await client.EndsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_handler_expiry_closes_the_connection()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnect(
            (Socket socket) => socket.ExpireAt(TimeProvider.System.GetUtcNow() + Soon)));
        var client = await server.JoinAsync();

        Assert.Contains("credentials expired", await client.EndsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_refresh_by_itself()
    {
        await using var server = await TestServer.StartAsync(io => Map(io, TimeSpan.FromMinutes(1)));
        var client = await server.JoinAsync(auth: """{"token":"first"}""");

        await client.SendAsync("""421["auth:refresh",{"token":"second"}]""", """422["auth:refresh",{"token":"bad"}]""", """423["token"]""");
        await client.ExpectAsync("431[]", """432[{"error":"bad token","code":"forbidden"}]""", """433["second"]""");
    }

    private static void Map(IAkkaChat io, TimeSpan? lifetime = null, Recorder<string>? refreshed = null)
    {
        io.OnConnect((Socket socket, Credentials credentials) =>
        {
            socket.Items["token"] = credentials.Token;
            socket.ExpireAt(TimeProvider.System.GetUtcNow() + (lifetime ?? Soon));
        });
        io.OnAuthRefresh((Socket socket, Credentials credentials) =>
        {
            if (credentials.Token == "bad")
            {
                return Connect.Refuse("bad token");
            }

            socket.Items["token"] = credentials.Token;
            socket.ExpireAt(null);
            refreshed?.Add(credentials.Token);
            return Connect.Accept;
        });
        io.On("token", (Socket socket) => socket.Items["token"]);
    }

    private sealed record Credentials(string Token);
}
