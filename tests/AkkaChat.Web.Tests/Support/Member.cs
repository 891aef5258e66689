namespace AkkaChat.Web.Tests.Support;

/// <summary>A client in a namespace, seen from both ends.</summary>
internal sealed record Member(RawWebSocket Client, Socket Socket)
{
    public string Id => Socket.Id;

    /// <summary>Lets a client join, and finds its socket.</summary>
    public static async Task<Member> JoinAsync(TestServer server, string name = "/")
    {
        var client = await server.OpenWebSocketAsync();
        var id = await client.JoinAsync(name);
        return new Member(client, server.Io.Of(name).Find(id)!);
    }

    public static async Task<Member[]> JoinAsync(TestServer server, int count)
    {
        var members = new Member[count];
        for (var index = 0; index < count; index++)
        {
            members[index] = await JoinAsync(server);
        }

        return members;
    }

    /// <summary>Has seen nothing else up to now.</summary>
    public Task SeesNothingAsync() => Client.EchoesAsync();

    /// <summary>Has seen this, once, and nothing else.</summary>
    public async Task SeesOnlyAsync(params string[] packets)
    {
        await Client.ExpectAsync(packets);
        await Client.EchoesAsync();
    }
}
