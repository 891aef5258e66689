using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Hosting;

/// <summary>When a node of a cluster joins, and how one ends that the others have shut out.</summary>
public sealed class ClusterLifeTests
{
    [Fact]
    public async Task A_node_joins_when_it_takes_requests_and_leaves_when_it_has_stopped()
    {
        var node = new RecordingNode();
        await using var server = await StartAsync(node);
        Assert.Equal(["Start", "Join"], node.Calls);

        await server.StopAsync();
        Assert.Equal(["Start", "Join", "Drain", "Leave"], node.Calls);
    }

    [Fact]
    public async Task A_node_whose_port_is_taken_does_not_join()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var node = new RecordingNode();

        await Assert.ThrowsAsync<IOException>(() => StartAsync(node, ((IPEndPoint)other.LocalEndpoint).Port));

        Assert.DoesNotContain("Join", node.Calls);
    }

    [Fact]
    public async Task The_clients_of_a_node_that_is_lost_are_put_out_at_once_however_long_others_drain()
    {
        var node = new RecordingNode { IsLost = true };
        await using var server = await StartAsync(node);
        var client = await server.JoinAsync();

        await server.StopAsync();

        await client.CloseCodeAsync();
    }

    private static Task<TestServer> StartAsync(RecordingNode node, int port = 0) => TestServer.StartAsync(
        options: options =>
        {
            options.ClusterNode = "127.0.0.1:0";
            (options.DrainDelay, options.DrainTime) = node.IsLost ? (TimeSpan.FromHours(1), TimeSpan.FromHours(1)) : default;
        },
        build: builder => builder.Services.AddSingleton<IClusterNode>(node),
        port: port);

    /// <summary>Of a cluster that only writes down what it is told.</summary>
    private sealed class RecordingNode : IClusterNode
    {
        public List<string> Calls { get; } = [];

        public bool IsUp => true;

        public bool IsLost { get; init; }

        public INodeDirectory Directory { get; } = new Nobody();

        public Config Configure(Config config) => config;

        public void Start(AkkaChatServer server, ActorSystem system)
        {
            Calls.Add("Start");
            server.Start(system);
        }

        public void Join() => Calls.Add("Join");

        public void Drain() => Calls.Add("Drain");

        public Task LeaveAsync(TimeSpan limit)
        {
            Calls.Add("Leave");
            return Task.CompletedTask;
        }
    }

    private sealed class Nobody : INodeDirectory
    {
        public ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken) =>
            new(new NodeLocation(NodePresence.Unknown));
    }
}
