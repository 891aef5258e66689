using System.Text.RegularExpressions;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class DynamicNamespaceTests
{
    [Fact]
    public async Task A_namespace_that_matches_comes_into_being_and_shares_the_handlers()
    {
        await using var server = await TestServer.StartAsync(io =>
            io.Of(new Regex("^/team-\\d+$")).On("where", (INamespace here) => here.Name));
        var client = await server.OpenWebSocketAsync();

        await client.JoinAsync("/team-1");
        await client.JoinAsync("/team-22");
        await client.SendAsync("""42/team-1,1["where"]""", """42/team-22,2["where"]""", "40/team-x,");
        await client.ExpectAsync("""43/team-1,1["/team-1"]""", """43/team-22,2["/team-22"]""", """44/team-x,{"message":"Invalid namespace"}""");
    }

    [Fact]
    public async Task What_is_sent_behind_the_connect_waits_for_the_rule()
    {
        var rule = new TaskCompletionSource<bool>();
        await using var server = await TestServer.StartAsync(io =>
            io.Of((name, auth) => new ValueTask<bool>(rule.Task)).On("a", (int number) => number));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/later,", """42/later,1["a",1]""", """42/later,2["a",2]""", "40");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        rule.SetResult(true);
        Assert.StartsWith("40/later,{", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.ExpectAsync("43/later,1[1]", "43/later,2[2]");
    }

    [Fact]
    public async Task The_rule_sees_name_and_auth_and_a_rule_that_throws_refuses()
    {
        await using var server = await TestServer.StartAsync(io => io.Of((name, auth) => name == "/boom"
            ? throw new InvalidOperationException("rule")
            : ValueTask.FromResult(auth.As<Dictionary<string, string>>()!.ContainsKey("ok"))));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/x,", "40/boom,");
        await client.ExpectAsync("""44/x,{"message":"Invalid namespace"}""", """44/boom,{"message":"Invalid namespace"}""");
        await client.JoinAsync("/x", """{"ok":"yes"}""");
    }

    [Fact]
    public async Task The_parent_reaches_all_its_children()
    {
        IDynamicNamespace? teams = null;
        await using var server = await TestServer.StartAsync(io => teams = io.Of(new Regex("^/team-")));
        var client = await server.OpenWebSocketAsync();
        await client.JoinAsync("/team-a");
        await client.JoinAsync("/team-b");

        await teams!.EmitAsync("news", 1).Soon();
        string[] both = [await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.Equal(["""42/team-a,["news",1]""", """42/team-b,["news",1]"""], both.Order(StringComparer.Ordinal));
        Assert.Equal(["/team-a", "/team-b"], teams.Children.Select(child => child.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task An_empty_child_goes_if_the_setting_says_so_and_can_come_again(bool remove, int left)
    {
        IDynamicNamespace? teams = null;
        await using var server = await TestServer.StartAsync(
            io => teams = io.Of(new Regex("^/team-")), options => options.RemoveEmptyNamespaces = remove);
        var client = await server.JoinAsync();
        await client.JoinAsync("/team-a");

        await client.SendAsync("41/team-a,");
        await client.EchoesAsync();
        Assert.Equal(left, teams!.Children.Count);
        await client.JoinAsync("/team-a");
        await teams.EmitAsync("again").Soon();
        await client.ExpectAsync("""42/team-a,["again"]""");
    }

    [Fact]
    public async Task A_pattern_that_backtracks_holds_nobody_up()
    {
        await using var server = await TestServer.StartAsync(io => io.Of(new Regex("^/(a+)+$")));
        var healthy = await server.JoinAsync();
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync($"40/{new string('a', 400)}!,");
        Assert.EndsWith("""{"message":"Invalid namespace"}""", await client.ReceiveAsync(), StringComparison.Ordinal);
        await healthy.EchoesAsync();
    }
}
