using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Api;

public sealed class ClassTests
{
    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        io => io.Add<Classes.Chat>(),
        build: builder =>
        {
            builder.Services.AddSingleton<Classes.Log>();
            builder.Services.AddAuthorization();
        });

    [Fact]
    public async Task Methods_handle_events_by_the_names_they_carry_or_their_own()
    {
        await using var server = await StartAsync();
        var ana = await server.JoinAsync("/chat");
        var ben = await server.JoinAsync("/chat");

        await ana.SendAsync("""42/chat,1["say","hi"]""", """42/chat,2["tell","ho"]""");
        await ben.ExpectAsync("""42/chat,["said","nobody","hi"]""", """42/chat,["said","nobody","ho"]""");
        await ana.ExpectAsync("""43/chat,1["say: hi"]""", """43/chat,2["tell: ho"]""");

        await ben.SendAsync("""42/chat,3["enterRoom","r"]""");
        await ben.ExpectAsync("43/chat,3[]");
        await ana.SendAsync("""42/chat,["toRoom","r","x"]""");
        await ben.ExpectAsync("""42/chat,["room","x"]""");
    }

    [Fact]
    public async Task A_public_method_without_an_attribute_cannot_be_reached()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync("/chat");

        await client.SendAsync("""42/chat,1["notAHandler"]""", """42/chat,2["NotAHandler"]""", """42/chat,3["dispose"]""", """42/chat,4["say","x"]""");
        await client.ExpectAsync("""43/chat,4["say: x"]""");
    }

    [Fact]
    public async Task The_class_handles_what_its_methods_throw()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync("/chat");

        await client.SendAsync("""42/chat,1["fail"]""");
        await client.ExpectAsync("""43/chat,1["sorry: broken"]""");
    }

    [Fact]
    public async Task A_method_with_authorize_refuses_strangers_in_its_ack()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync("/chat");

        await client.SendAsync("""42/chat,1["secret"]""");
        await client.ExpectAsync("""43/chat,1[{"error":"You may not send 'secret'.","code":"forbidden"}]""");
    }

    [Fact]
    public async Task Each_call_has_an_instance_of_its_own_that_is_disposed()
    {
        await using var server = await StartAsync();
        var log = server.Services.GetRequiredService<Classes.Log>().Lines;
        var client = await server.JoinAsync("/chat");
        Assert.Equal("disposed", await log.NextAsync());

        await client.SendAsync("41/chat,");
        Assert.Equal("nobody client namespace disconnect", await log.NextAsync());
        Assert.Equal("disposed", await log.NextAsync());
    }

    [Fact]
    public async Task A_class_without_handlers_or_namespace_fails_at_start()
    {
        await TestServer.StartAsync(io =>
        {
            var none = Assert.Throws<InvalidOperationException>(() => io.Of("/x").AddHandlers<Classes.NoHandlers>());
            Assert.Contains("[On]", none.Message, StringComparison.Ordinal);
            var unnamed = Assert.Throws<InvalidOperationException>(() => io.Add<Classes.Letters>());
            Assert.Contains("[Namespace", unnamed.Message, StringComparison.Ordinal);
        }).DisposeAsyncAfter();
    }
}
