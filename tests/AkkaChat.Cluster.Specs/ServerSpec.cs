using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>Two whole servers as one, by the application API and the clients' wire.</summary>
public sealed class ServerSpec : IAsyncLifetime
{
    private ClusterServers _servers = null!;

    public async Task InitializeAsync() => _servers = await ClusterServers.StartAsync(2);

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task An_emit_reaches_the_room_on_all_nodes_but_not_its_sender()
    {
        var (alice, bob) = (await _servers.JoinAsync(0, "lobby"), await _servers.JoinAsync(1, "lobby"));

        alice.Send("""421["say","lobby","hello"]""");
        Assert.Equal("431[]", await alice.ReadAsync());
        Assert.Equal("""42["said","hello"]""", await bob.ReadAsync());
        await alice.ExpectNothingAsync();
    }

    [Fact]
    public async Task Rooms_and_sockets_that_are_excepted_are_so_on_all_nodes()
    {
        var (alice, bob, carol) = (await _servers.JoinAsync(0, "lobby"), await _servers.JoinAsync(1, "lobby", "muted"), await _servers.JoinAsync(1, "lobby"));

        await _servers[0].Io.To("lobby").Except("muted").EmitAsync("e", 1).EndInTime();
        await _servers[0].Io.To("lobby").Except(carol.Id).EmitAsync("e", 2).EndInTime();
        await _servers[1].Io.To("lobby").Except(alice.Id).EmitAsync("e", 3).EndInTime();

        Assert.Equal(["42[\"e\",1]", "42[\"e\",2]"], await alice.ReadAsync(2));
        Assert.Equal(["42[\"e\",2]", "42[\"e\",3]"], await bob.ReadAsync(2));
        Assert.Equal(["42[\"e\",1]", "42[\"e\",3]"], await carol.ReadAsync(2));
    }

    [Fact]
    public async Task A_client_in_several_rooms_of_one_emit_gets_one_copy_whichever_node_it_is_on()
    {
        var (alice, bob) = (await _servers.JoinAsync(0, "red", "blue"), await _servers.JoinAsync(1, "red", "blue"));

        await _servers[0].Io.To("red", "blue").EmitAsync("e", new byte[] { 1, 2 }).EndInTime();
        await _servers[0].Io.To("red").EmitAsync("end").EndInTime();
        await _servers[0].Io.To("blue").EmitAsync("end").EndInTime();

        foreach (var client in new[] { alice, bob })
        {
            var received = await client.ReadAsync(4);
            Assert.Single(received, "b:0102");
            Assert.Equal(2, received.Count(message => message == "42[\"end\"]"));
        }
    }
}
