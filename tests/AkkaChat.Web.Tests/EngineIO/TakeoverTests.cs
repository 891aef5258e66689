using System.IO.Pipelines;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AkkaChat.Web.Connections;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.EngineIO;

/// <summary>
/// Which connections are framed here and which are left to ASP.NET Core's class, told apart by a header that announces too
/// much: only our own reading refuses it before the payload comes.
/// </summary>
public sealed class TakeoverTests
{
    private const long TooMuch = 256L << 20;

    [Fact]
    public async Task A_connection_whose_first_request_is_the_upgrade_is_taken_over()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await RawFrames.OpenAsync(server.Host);

        await AnnounceTooMuchAsync(client);
        Assert.Equal(1009, await client.CloseCodeAsync().WaitAsync(Limit.Punishment));
    }

    [Fact]
    public async Task After_an_answer_that_may_be_on_its_way_still_the_class_is_used_and_nothing_overtakes_anything()
    {
        await using var server = await StartAsync();
        await using var client = await RawFrames.ConnectAsync(server.Host);
        var request = $"GET {TestServer.Echo}?EIO=4&transport=none HTTP/1.1\r\nHost: {server.Host}\r\n\r\n";
        var upgrade = RawFrames.UpgradeRequest(server.Host, TestServer.Echo + "?EIO=4&transport=websocket");
        await client.WriteAsync(Encoding.ASCII.GetBytes(request + upgrade));

        Assert.StartsWith("HTTP/1.1 400", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains("Transport unknown", await client.ReadBodyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("0{", await client.ReadTextAsync(), StringComparison.Ordinal);
        await IsServedByTheClassAsync(client);
    }

    [Fact]
    public async Task Where_another_layer_must_see_the_bytes_the_class_is_used()
    {
        var seen = 0;
        await using var server = await StartAsync(build: builder => builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
            {
                Interlocked.Increment(ref seen);
                connection.Transport = new Layer(
                    connection.Transport.Input, PipeWriter.Create(connection.Transport.Output.AsStream()));
                return next(connection);
            }))));
        await using var client = await RawFrames.OpenAsync(server.Host);

        Assert.Equal(1, seen);
        await IsServedByTheClassAsync(client);
    }

    [Fact]
    public async Task Over_TLS_messages_arrive_both_ways()
    {
        using var certificate = SelfSigned();
        await using var server = await StartAsync(build: builder => builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(listen => listen.UseHttps(certificate))));
        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.None;
        var uri = new Uri($"wss://{server.Host}{TestServer.Echo}?EIO=4&transport=websocket");

        await client.ConnectAsync(uri, CancellationToken.None).Soon();
        Assert.StartsWith("0{", await ReceiveAsync(client), StringComparison.Ordinal);
        var message = "4" + new string('x', 100_000);
        await client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(message, await ReceiveAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Soon();
    }

    [Fact]
    public async Task An_application_that_wants_Kestrel_as_it_is_has_it()
    {
        await using var server = await StartAsync(options => options.DirectWebSockets = false);
        await using var client = await RawFrames.OpenAsync(server.Host);

        Assert.DoesNotContain(server.Services.GetServices<IConnectionListenerFactory>(), factory => factory is SocketListenerFactory);
        await IsServedByTheClassAsync(client);
    }

    [Fact]
    public async Task The_request_of_a_connection_that_was_taken_over_is_done_while_the_WebSocket_lives_on()
    {
        var done = new Recorder<int>();
        await using var server = await StartAsync(use: app => RecordEnds(app, done));
        await using var client = await RawFrames.OpenAsync(server.Host);

        Assert.Equal(101, await done.NextAsync());
        await client.SendAsync(RawFrames.Text | RawFrames.Final, "4still here");
        Assert.Equal("4still here", await NextMessageAsync(client));
    }

    [Fact]
    public async Task Where_the_web_server_limits_connections_it_keeps_them_and_the_class_is_used()
    {
        var done = new Recorder<int>();
        await using var server = await StartAsync(
            build: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 1),
            use: app => RecordEnds(app, done));
        await using (var client = await RawFrames.OpenAsync(server.Host))
        {
            await IsServedByTheClassAsync(client);
            Assert.Empty(done.TakeAll());
        }

        Assert.Equal(101, await done.NextAsync());
    }

    [Fact]
    public async Task A_client_that_says_nothing_after_the_upgrade_is_let_go_when_its_ping_has_no_answer()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(100);
            options.PingTimeout = TimeSpan.FromMilliseconds(100);
        });
        await using var client = await RawFrames.OpenAsync(server.Host);

        Assert.Equal("2", await client.ReadTextAsync());
        await client.ReadToEndAsync().Soon();
        Assert.Equal("ping timeout", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task What_comes_together_with_the_upgrade_request_is_not_lost()
    {
        await using var server = await StartAsync();
        await using var client = await RawFrames.ConnectAsync(server.Host);
        var upgrade = RawFrames.UpgradeRequest(server.Host, TestServer.Echo + "?EIO=4&transport=websocket");
        var early = RawFrames.Frame(RawFrames.Text | RawFrames.Final, "4early"u8.ToArray(), isMasked: true, "4early".Length);

        await client.WriteAsync([.. Encoding.ASCII.GetBytes(upgrade), .. early]);
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("0{", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal("4early", await NextMessageAsync(client));
    }

    /// <summary>The next thing that comes is a ping, not the close frame of our own reading.</summary>
    private static async Task IsServedByTheClassAsync(RawFrames client)
    {
        await client.SendAsync(RawFrames.Text | RawFrames.Final, "4hello");
        while (await client.ReadTextAsync() is not "4hello")
        {
            await client.SendAsync(RawFrames.Text | RawFrames.Final, "3");
        }

        await AnnounceTooMuchAsync(client);
        Assert.Equal("2", await client.ReadTextAsync());
    }

    private static void RecordEnds(WebApplication app, Recorder<int> done) => app.Use(async (http, next) =>
    {
        await next();
        done.Add(http.Response.StatusCode);
    });

    private static async Task<string> NextMessageAsync(RawFrames client)
    {
        string text;
        while ((text = await client.ReadTextAsync()) == "2")
        {
            await client.SendAsync(RawFrames.Text | RawFrames.Final, "3");
        }

        return text;
    }

    private static Task<TestServer> StartAsync(
        Action<AkkaChatWebOptions>? more = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null) =>
        TestServer.StartAsync(
            options: options =>
            {
                options.PingInterval = TimeSpan.FromSeconds(1);
                options.PingTimeout = TimeSpan.FromSeconds(20);
                more?.Invoke(options);
            },
            build: build,
            use: use);

    private static Task AnnounceTooMuchAsync(RawFrames client) =>
        client.WriteAsync(RawFrames.Frame(RawFrames.Binary | RawFrames.Final, [], isMasked: true, TooMuch));

    private static async Task<string> ReceiveAsync(ClientWebSocket client)
    {
        var buffer = new byte[200_000];
        var count = 0;
        WebSocketReceiveResult result;
        do
        {
            result = await client.ReceiveAsync(new ArraySegment<byte>(buffer, count, buffer.Length - count), CancellationToken.None).Soon();
            count += result.Count;
        }
        while (!result.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private sealed record Layer(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
