using System.Net;
using AkkaChat.Nodes;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Who may say what to the internal listener, and what it says to them.</summary>
public sealed class InternalListenerTests
{
    [Fact]
    public async Task It_serves_requests_of_its_own_sessions_to_who_has_the_secret()
    {
        await using var nodes = await Nodes.StartAsync(1);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await opener.SendAsync("4x");

        using var answer = await AskAsync(nodes[0], $"/session/any/?{opener.Query}", Nodes.Secret);
        Assert.Equal("4x", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyZ")]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyz0")]
    public async Task Without_the_secret_it_serves_nothing(string? secret)
    {
        using var logs = new RecordingLogs();
        await using var nodes = await Nodes.StartAsync(1, build: builder => builder.Logging.AddProvider(logs));
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        foreach (var path in new[] { $"/session/?{opener.Query}", "/alive", "/" })
        {
            using var answer = await AskAsync(nodes[0], path, secret);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Contains("AkkaChat.Forwarding Warning", await logs.NextWithAsync("has not the secret"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/socket.io/?EIO=4&transport=polling")]
    [InlineData("/application")]
    [InlineData("/sessions")]
    public async Task It_has_nothing_of_the_applications(string path)
    {
        await using var nodes = await Nodes.StartAsync(1);
        using var answer = await AskAsync(nodes[0], path, Nodes.Secret);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start_with_the_name_of_the_setting()
    {
        await using var nodes = await Nodes.StartAsync(1);
        var taken = Nodes.InternalAddressOf(nodes[0]).Authority;

        var failure = await Assert.ThrowsAsync<AkkaChatConfigurationException>(
            () => nodes.AddAsync(options: options => options.ClusterListen = taken));

        Assert.Contains($"{taken} (akkachat.cluster.listen)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_opens_no_sessions()
    {
        await using var nodes = await Nodes.StartAsync(1);
        using var answer = await AskAsync(nodes[0], "/session/socket.io/?EIO=4&transport=polling", Nodes.Secret);

        Assert.Contains("Session ID unknown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, nodes[0].SessionCount);
    }

    [Fact]
    public async Task A_request_that_was_handed_on_is_not_handed_on_again()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        using var answer = await AskAsync(nodes[1], $"/session/?{opener.Query}", Nodes.Secret);

        Assert.Contains("Session ID unknown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_paths_and_its_header_mean_nothing_on_the_public_listener()
    {
        await using var nodes = await Nodes.StartAsync(1);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add(InternalProtocol.SecretHeader, Nodes.Secret);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);

        foreach (var path in new[] { $"/session/engine.io/?{opener.Query}", "/alive" })
        {
            using var answer = await http.GetAsync(new Uri($"http://{nodes[0].Host}{path}")).Soon();
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_header_that_a_client_forges_does_not_come_in_the_secrets_place_and_changes_nothing()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        await client.SendAsync("4x");

        using var answer = await client.PollAsync((InternalProtocol.SecretHeader, "forged"), ("Origin", "https://a.example"));
        Assert.Equal("4x", await answer.Content.ReadAsStringAsync());
        Assert.DoesNotContain(Nodes.Secret, answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_with_another_secret_is_told_so_and_its_clients_are_not()
    {
        using var logs = new RecordingLogs();
        await using var nodes = await Nodes.StartAsync(1);
        await nodes.AddAsync(
            options: options => options.ClusterSecret = new string('x', 32), build: builder => builder.Logging.AddProvider(logs));
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);

        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        Assert.DoesNotContain(Nodes.Secret, await logs.NextWithAsync("akkachat.cluster.secret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_gets_neither_cookies_nor_tokens_nor_what_a_client_forges()
    {
        var seen = new Recorder<string>();
        await using var spy = await SpyAsync(seen);
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        nodes.Tell(nodes[0], NodeLocation.At(new Uri(spy.Urls.First())));

        using var answer = await client.PollAsync(
            ("Cookie", "a=b"), ("Authorization", "Bearer c"), ("Origin", "https://a.example"), ("X-Forwarded-For", "192.0.2.1"),
            (InternalProtocol.SecretHeader, "forged"), ("Accept-Encoding", "gzip"));
        Assert.Equal(
            $"Accept-Encoding: gzip; Host: {new Uri(spy.Urls.First()).Authority}; {InternalProtocol.SecretHeader}: {Nodes.Secret}",
            await seen.NextAsync());
    }

    [Fact]
    public async Task A_node_that_is_alone_has_no_listener_and_hands_nothing_on()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Null(server.Services.GetService<InternalListener>());
        Assert.Null(server.Services.GetService<SessionForwarder>());
    }

    /// <summary>A server that tells which headers come to it.</summary>
    private static async Task<WebApplication> SpyAsync(Recorder<string> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(
            options => options.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(context =>
        {
            seen.Add(string.Join("; ", context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)));
            return Task.CompletedTask;
        });
        await app.StartAsync().Soon();
        return app;
    }

    private static async Task<HttpResponseMessage> AskAsync(TestServer server, string path, string? secret)
    {
        using var http = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (secret is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(InternalProtocol.SecretHeader, secret);
        }

        return await http.GetAsync(new Uri(Nodes.InternalAddressOf(server), path)).Soon();
    }
}
