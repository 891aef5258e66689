using System.Net;
using Akka.Actor;
using AkkaChat.Membership;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.Cluster.Specs;

public sealed class SeedResolverSpec
{
    private static readonly Address Self = new("akka.tcp", "chat", "127.0.0.1", 4053);

    [Fact]
    public async Task Addresses_are_taken_as_they_are_in_the_order_given() =>
        Assert.Equal(
            ["akka.tcp://chat@10.0.0.9:4053", "akka.tcp://chat@10.0.0.7:4054"],
            await ResolveAsync(new("10.0.0.9", 4053), new("10.0.0.7", 4054)));

    [Fact]
    public async Task A_name_stands_for_its_addresses_of_the_nodes_own_kind() =>
        Assert.Equal(["akka.tcp://chat@127.0.0.1:4053"], await ResolveAsync(new DnsEndPoint("localhost", 4053)));

    [Fact]
    public async Task A_name_without_an_address_is_left_out_for_now() =>
        Assert.Equal(["akka.tcp://chat@10.0.0.7:4053"], await ResolveAsync(new("nobody.invalid", 4053), new("10.0.0.7", 4053)));

    private static async Task<string[]> ResolveAsync(params DnsEndPoint[] seeds) =>
        [.. (await new SeedResolver(seeds, Self, new MembershipLog(NullLogger.Instance)).ResolveAsync()).Select(address => address.ToString())];
}
