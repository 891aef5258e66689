using System.Net;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AkkaChat.Web.Tests.Hosting;

/// <summary>What load balancers and supervisors ask.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_server_that_runs_is_live_and_ready()
    {
        await using var server = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "live"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "ready"));
    }

    [Fact]
    public async Task A_server_that_is_about_to_end_is_live_and_not_ready_and_still_serves()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync();
        var life = server.Services.GetRequiredService<NodeLife>();

        life.Drain();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(server, "ready"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "live"));
        await client.SendAsync("42[\"echo\",1]");
        await client.ExpectAsync("42[\"echo\",1]");
    }

    [Fact]
    public async Task Checks_of_the_application_count_for_readiness_if_they_say_so()
    {
        await using var server = await TestServer.StartAsync(
            build: builder => builder.Services.AddHealthChecks()
                .AddCheck("database", () => HealthCheckResult.Unhealthy(), tags: ["ready"]),
            use: app => app.MapAkkaChatHealth());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(server, "ready"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "live"));
    }

    [Fact]
    public async Task A_node_without_what_makes_it_one_does_not_start_and_says_what_is_missing()
    {
        var exception = await Assert.ThrowsAsync<AkkaChatConfigurationException>(
            () => StartAsync(options => options.ClusterNode = "127.0.0.1:0"));

        Assert.Contains("builder.AddAkkaChatCluster()", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(Action<AkkaChatWebOptions>? options = null) =>
        TestServer.StartAsync(options: options, use: app => app.MapAkkaChatHealth());

    private static async Task<HttpStatusCode> AskAsync(TestServer server, string what)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"http://{server.Host}/health/{what}"));
        return response.StatusCode;
    }
}
