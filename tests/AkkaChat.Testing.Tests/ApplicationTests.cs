using AkkaChat.Testing.Tests.SampleApp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Testing.Tests;

/// <summary>Applications that are built by their own program.</summary>
public sealed class ApplicationTests
{
    [Fact]
    public async Task An_applications_own_program_is_tested_as_it_is()
    {
        await using var factory = new WebApplicationFactory<Program>();
        await using var server = ChatTestServer.For(factory.Server);
        await using var client = await server.ConnectAsync();

        Assert.Equal("Hello, Ann!", await client.CallAsync<string>("greet", "Ann"));
        await client.ExpectNothingAsync();
        var error = Assert.Throws<InvalidOperationException>(() => server.Clock);
        Assert.Contains("UseTestClock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_services_are_replaced_and_its_clock_is_moved()
    {
        await using var program = new WebApplicationFactory<Program>();
        await using var factory = program.WithWebHostBuilder(host => host.ConfigureTestServices(services => services
            .UseTestClock()
            .AddSingleton<Greeter, ShoutingGreeter>()));
        await using var server = ChatTestServer.For(factory.Server);
        await using var client = await server.ConnectAsync();

        Assert.Equal("HELLO, ANN!", await client.CallAsync<string>("greet", "Ann"));
        client.StopAnsweringPings();
        await server.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("ping timeout", await client.ExpectDisconnectAsync());
    }

    [Fact]
    public async Task A_host_of_ones_own_is_tested()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.AddAkkaChat();
        await using var app = builder.Build();
        app.MapAkkaChat().On("ping?", () => "pong");
        await app.StartAsync();
        await using var server = ChatTestServer.For(app);
        await using var client = await server.ConnectAsync();

        Assert.Equal("pong", await client.CallAsync<string>("ping?"));
    }

    [Fact]
    public async Task An_application_without_AkkaChat_is_told_so()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        await app.StartAsync();

        var error = Assert.Throws<InvalidOperationException>(() => ChatTestServer.For(app));

        Assert.Contains("AddAkkaChat", error.Message, StringComparison.Ordinal);
    }

    private sealed class ShoutingGreeter : Greeter
    {
        public override string Greet(string name) => base.Greet(name).ToUpperInvariant();
    }
}
