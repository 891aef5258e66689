using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>Servers that know each other. Each has rooms of its own: what goes to rooms does not leave it.</summary>
internal sealed class LinkedServers : IAsyncDisposable
{
    private readonly List<TestServer> _servers = [];

    public LinkedServers(
        int count = 2,
        TimeProvider? time = null,
        Action<AkkaChatOptions>? configure = null,
        Func<int, IServiceProvider>? services = null,
        Action<AkkaChatServer>? beforeStart = null)
    {
        List<AkkaChatServer> all = [];
        for (var number = 0; number < count; number++)
        {
            var server = TestServer.Start(
                configure,
                time,
                services?.Invoke(number),
                start: (started, system) =>
                {
                    all.Add(started);
                    started.Peers = new LinkedPeers(started, all);
                    beforeStart?.Invoke(started);
                    started.Start(system);
                });
            server.Io.On("join", (Socket socket, string room) => socket.JoinAsync(room));
            _servers.Add(server);
        }
    }

    public TestServer this[int number] => _servers[number];

    public LinkedPeers PeersOf(int number) => LinkedPeers.Of(_servers[number].Server);

    /// <summary>A client of one of the servers, in some rooms.</summary>
    public async Task<TestClient> ConnectAsync(int number, params string[] rooms)
    {
        var client = await _servers[number].ConnectAsync();
        foreach (var room in rooms)
        {
            client.Send($"420[\"join\",\"{room}\"]");
            Assert.Equal("430[]", await client.ReadAsync());
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
