using System.Text;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>Clients that do not read, and clients that send more than their handlers take.</summary>
public sealed class SlowClientTests
{
    private const int Megabyte = 1 << 20;

    /// <summary>More than the buffers of a connection hold on both sides together.</summary>
    private static readonly string Huge = new('h', 24 * Megabyte);

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task Who_never_reads_is_closed_at_the_limit_and_the_others_miss_nothing(string bridge)
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.OnDisconnect((string reason) => reasons.Add(reason)),
            options =>
            {
                Bridges.Choose(options, bridge);
                options.OutboxLimit = Megabyte;
            });
        await using var deaf = await JoinRawAsync(server);
        var healthy = await server.JoinAsync();

        var text = new string('x', 500_000);
        for (var number = 0; number < 60; number++)
        {
            await server.Io.EmitAsync("news", number, text).Soon();
            await healthy.ExpectAsync($"42[\"news\",{number},\"{text}\"]");
        }

        Assert.Equal("slow consumer", await reasons.NextAsync());
        await healthy.EchoesAsync();
        await deaf.ReadToEndAsync();
    }

    [Fact]
    public async Task Who_never_polls_is_closed_at_the_limit()
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.OnDisconnect((string reason) => reasons.Add(reason)), options => options.OutboxLimit = 100_000);
        var client = await server.OpenPollingAsync();
        await client.JoinAsync();

        for (var number = 0; number < 20; number++)
        {
            await server.Io.EmitAsync("news", new string('x', 10_000)).Soon();
        }

        Assert.Equal("slow consumer", await reasons.NextAsync());
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task A_packet_over_the_limit_still_goes_to_who_reads()
    {
        await using var server = await TestServer.StartAsync(options: options => options.OutboxLimit = 100_000);
        var client = await server.JoinAsync();

        var text = new string('x', 500_000);
        await server.Io.EmitAsync("news", text).Soon();
        await client.ExpectAsync($"42[\"news\",\"{text}\"]");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task To_a_client_that_is_busy_reading_a_volatile_event_is_dropped_and_another_kept()
    {
        await using var server = await TestServer.StartAsync(options: options => options.OutboxLimit = 64 * Megabyte);
        await using var busy = await JoinRawAsync(server);

        await server.Io.EmitAsync("huge", Huge).Soon();
        await server.Io.Volatile.EmitAsync("volatile", "dropped").Soon();
        await server.Io.EmitAsync("normal", "kept").Soon();
        Assert.StartsWith("42[\"huge\"", await busy.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal("""42["normal","kept"]""", await busy.ReadTextAsync());
    }

    [Fact]
    public async Task To_a_client_that_is_ready_a_volatile_event_goes_as_any_other()
    {
        await using var server = await TestServer.StartAsync(io => io.On("poke", async (Socket socket) =>
        {
            await socket.Volatile.EmitAsync("one", 1);
        }));
        var client = await server.JoinAsync();

        // The writer that has just written the last answer may need a moment to be ready again.
        await AssertEventuallyAsync(async () =>
        {
            await client.SendAsync("""420["poke"]""");
            var first = await client.ReceiveAsync();
            if (first == "430[]")
            {
                return false;
            }

            Assert.Equal("""42["one",1]""", first);
            await client.ExpectAsync("430[]");
            return true;
        });
    }

    [Fact]
    public async Task Between_two_polls_a_volatile_event_is_dropped_and_a_waiting_poll_gets_it()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync();
        await client.JoinAsync();

        await server.Io.Volatile.EmitAsync("volatile", "dropped").Soon();
        await client.EchoesAsync();
        var poll = client.PollAsync();
        await AssertEventuallyAsync(async () =>
        {
            await server.Io.Volatile.EmitAsync("volatile", "seen").Soon();
            return poll.IsCompleted;
        });
        await HttpAssert.IsPayloadAsync("""42["volatile","seen"]""", await poll);
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_flood_waits_in_the_network_and_its_sender_is_not_taken_for_dead(string bridge)
    {
        const int Count = 3000;
        var gate = new TaskCompletionSource();
        var started = 0;
        await using var server = await TestServer.StartAsync(
            io => io.On("work", async (int number, string _) =>
            {
                Interlocked.Increment(ref started);
                await gate.Task;
                return number;
            }),
            options =>
            {
                Bridges.Choose(options, bridge);
                options.MaxPendingEvents = 10;
                options.PingInterval = TimeSpan.FromMilliseconds(300);
                options.PingTimeout = TimeSpan.FromMilliseconds(1500);
            });
        var flooder = await server.JoinAsync();
        var text = new string('x', 8000);
        var flood = Task.Run(() => flooder.SendAsync(
            [.. Enumerable.Range(0, Count).Select(number => $"42{number}[\"work\",{number},\"{text}\"]")]));

        // A client that is really silent, and opened after the flood began, shows when the time would be over.
        var silent = await server.JoinAsync();
        await silent.EndsAsync();
        Assert.Equal("ping timeout", silent.CloseDescription);
        Assert.False(flood.IsCompleted, "The server has read what it had no room for.");
        Assert.Equal(1, started);
        gate.SetResult();
        await AssertAcksAsync(flooder, Count);
        await flood.Soon();
    }

    [Fact]
    public async Task A_post_with_more_than_the_window_takes_is_answered_when_all_of_it_was_taken()
    {
        var gate = new TaskCompletionSource();
        var started = new Recorder<int>();
        await using var server = await TestServer.StartAsync(
            io => io.On("work", async (int number) =>
            {
                started.Add(number);
                await gate.Task;
            }),
            options => options.MaxPendingEvents = 10);
        var neighbour = await server.JoinAsync();
        var client = await server.OpenPollingAsync();
        await client.JoinAsync();

        var post = client.SendAsync([.. Enumerable.Range(0, 100).Select(number => $"42[\"work\",{number}]")]);
        Assert.Equal(0, await started.NextAsync());
        await neighbour.EchoesAsync();
        Assert.False(post.IsCompleted);
        gate.SetResult();
        await post;
        for (var number = 1; number < 100; number++)
        {
            Assert.Equal(number, await started.NextAsync());
        }
    }

    [Fact]
    public async Task Patience_with_a_client_that_is_not_read_has_a_limit()
    {
        var never = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            io => io.On("hang", () => never.Task),
            options =>
            {
                options.MaxPendingEvents = 1;
                options.PingInterval = TimeSpan.FromMilliseconds(1000);
                options.PingTimeout = TimeSpan.FromMilliseconds(300);
            },
            settings: ("stall-limit", "1s"));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["hang"]""", """42["hang"]""", """42["hang"]""");
        await client.EndsAsync();
        Assert.Equal("ping timeout", client.CloseDescription);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("disconnect")]
    public async Task Joining_and_leaving_over_and_over_does_not_pile_up_handlers_that_wait(string which)
    {
        var gate = new TaskCompletionSource();
        var started = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io =>
            {
                Func<Task> slow = () =>
                {
                    started.Add(which);
                    return gate.Task;
                };
                _ = which == "connect" ? io.Of("/slow").OnConnect(slow) : io.Of("/slow").OnDisconnect(slow);
            },
            options => options.MaxPendingEvents = 10);
        var neighbour = await server.JoinAsync();
        var client = await server.JoinAsync();

        var flood = client.SendAsync([.. Enumerable.Range(0, 400).Select(number => number % 2 == 0 ? "40/slow," : "41/slow,")]);
        for (var running = 0; running < 10; running++)
        {
            await started.NextAsync();
        }

        for (var round = 0; round < 50; round++)
        {
            await neighbour.EchoesAsync();
        }

        Assert.InRange(started.TakeAll().Count, 0, 2);
        gate.SetResult();
        await flood;
        await client.SendAsync("""42["echo","end"]""");
        while (await client.ReceiveAsync() != """42["echo","end"]""")
        {
            // What the namespace answers.
        }
    }

    private static async Task AssertAcksAsync(RawWebSocket client, int count)
    {
        for (var number = 0; number < count;)
        {
            var packet = await client.ReceiveAsync();
            if (packet == "2")
            {
                _ = client.TrySendAsync("3");
                continue;
            }

            Assert.Equal($"43{number}[{number}]", packet);
            number++;
        }
    }

    private static async Task AssertEventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit.Patience);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A client in the main namespace that reads only when told to.</summary>
    private static async Task<RawFrames> JoinRawAsync(TestServer server)
    {
        var client = await RawFrames.OpenAsync(server.Host, "/socket.io/");
        await client.SendAsync(RawFrames.Text | RawFrames.Final, Encoding.ASCII.GetBytes("40"));
        Assert.StartsWith("40{", await client.ReadTextAsync(), StringComparison.Ordinal);
        return client;
    }
}
