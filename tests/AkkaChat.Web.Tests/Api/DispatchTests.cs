using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class DispatchTests
{
    [Fact]
    public async Task A_catch_all_handler_gets_what_has_no_handler_of_its_own_with_its_real_name()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("known", () => "own")
            .On(IHandlerRegistry.AnyEvent, (EventContext context, int number) => $"{context.EventName} {number}"));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["known"]""", """422["other",5]""");
        await client.ExpectAsync("""431["own"]""", """432["other 5"]""");
    }

    [Fact]
    public async Task The_most_particular_handler_serves()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.AnyNamespace.On("a", () => "any a").On("b", () => "any b").On(IHandlerRegistry.AnyEvent, () => "any *");
            io.Of("/own").On("a", () => "own a");
            io.Of("/catch").On(IHandlerRegistry.AnyEvent, () => "catch *");
            io.Of("/class").AddHandlers<Classes.Letters>();
        });
        var client = await server.OpenWebSocketAsync();
        await client.JoinAsync("/own");
        await client.JoinAsync("/catch");
        await client.JoinAsync("/class");

        await client.SendAsync("""42/own,1["a"]""", """42/own,2["b"]""", """42/own,3["c"]""", """42/catch,4["a"]""");
        await client.ExpectAsync("""43/own,1["own a"]""", """43/own,2["any b"]""", """43/own,3["any *"]""", """43/catch,4["catch *"]""");

        // Functions for all namespaces win over the methods of a class.
        await client.SendAsync("""42/class,5["a"]""");
        await client.ExpectAsync("""43/class,5["any a"]""");
    }

    [Fact]
    public async Task Handlers_for_all_namespaces_do_not_make_a_namespace_exist()
    {
        await using var server = await TestServer.StartAsync(io => io.AnyNamespace.On("a", () => "any"));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/nowhere,");
        await client.ExpectAsync("""44/nowhere,{"message":"Invalid namespace"}""");
    }

    [Fact]
    public async Task A_connect_handler_for_all_namespaces_decides_where_there_is_no_other()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.AnyNamespace.OnConnect(() => Connect.Refuse("closed"));
            io.Of("/open").OnConnect(() => true);
            io.Of("/shut");
        });
        var client = await server.OpenWebSocketAsync();

        await client.JoinAsync("/open");
        await client.SendAsync("40/shut,");
        await client.ExpectAsync("""44/shut,{"message":"closed"}""");
    }

    [Fact]
    public async Task The_last_handler_registered_for_an_event_serves()
    {
        await using var server = await TestServer.StartAsync(io => io.On("a", () => 1).On("a", () => 2));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["a"]""");
        await client.ExpectAsync("431[2]");
    }

    [Fact]
    public async Task Observers_see_every_event_before_middleware_until_they_are_disposed()
    {
        var seen = new Recorder<string>();
        IDisposable? subscription = null;
        await using var server = await TestServer.StartAsync(io =>
        {
            subscription = io.OnAny(context => seen.Add($"{context.EventName} {context.Arguments.Count} {context.WantsAck}"));
            io.UseEvent((context, next) => context.EventName == "bad"
                ? throw new EventException("no")
                : next());
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""421["bad",1]""");
        await client.ExpectAsync("""431[{"error":"no"}]""");
        Assert.Equal("bad 1 True", await seen.NextAsync());

        subscription!.Dispose();
        await client.EchoesAsync();
        Assert.Empty(seen.TakeAll());
    }

    [Fact]
    public async Task Outgoing_observers_see_a_broadcast_once()
    {
        var seen = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
            io.OnAnyOutgoing((name, arguments) => seen.Add($"{name} {arguments.Count}")));
        var one = await server.JoinAsync();
        var two = await server.JoinAsync();

        await server.Io.EmitAsync("news", 1, 2);
        await one.ExpectAsync("""42["news",1,2]""");
        await two.ExpectAsync("""42["news",1,2]""");
        Assert.Equal("news 2", await seen.NextAsync());
        Assert.Empty(seen.TakeAll());
    }

    [Fact]
    public async Task Outgoing_observers_see_what_goes_to_one_socket_and_no_acks()
    {
        var seen = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.OnAnyOutgoing((name, arguments) => seen.Add($"{name} {arguments.Count}"));
            io.On("ask", async (Socket socket) =>
            {
                await socket.EmitAsync("direct", 1);
                return "answer";
            });
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""427["ask"]""");
        await client.ExpectAsync("""42["direct",1]""", """437["answer"]""");
        await client.EchoesAsync();
        Assert.Equal("direct 1", await seen.NextAsync());
        Assert.DoesNotContain(seen.TakeAll(), line => !line.StartsWith("echo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_of_a_concurrent_handler_overlap_up_to_its_limit_and_others_wait()
    {
        var started = new Recorder<int>();
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.On("slow", [Concurrent(2)] async (int number) =>
            {
                started.Add(number);
                await release.Task;
            });
            io.On("after", () => started.Add(100));
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""42["slow",1]""", """42["slow",2]""", """42["slow",3]""", """42["after"]""");
        Assert.Equal(1, await started.NextAsync());
        Assert.Equal(2, await started.NextAsync());
        Assert.Empty(started.TakeAll());

        release.SetResult();
        Assert.Equal(3, await started.NextAsync());
        Assert.Equal(100, await started.NextAsync());
    }
}
