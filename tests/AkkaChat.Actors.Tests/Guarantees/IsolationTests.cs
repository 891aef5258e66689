using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Guarantees;

/// <summary>A failure of one handler, client or room touches nothing else; a disconnect cleans up behind it.</summary>
public class IsolationTests
{
    [Fact]
    public async Task A_handler_that_throws_harms_nobody_and_its_event_has_no_ack()
    {
        await using var server = TestServer.Start();
        server.Io.On("throw", void () => throw new FormatException("secret"));
        server.Io.On("throw later", async Task () =>
        {
            await Task.Yield();
            throw new FormatException();
        });
        var (ann, bob) = (await server.ConnectAsync(), await server.ConnectAsync());
        ann.Send("421[\"throw\"]");
        ann.Send("422[\"throw later\"]");

        await ann.ExpectNothingAsync();
        await bob.ExpectNothingAsync();
        Assert.Equal(2, server.Log.Lines.Count(line => line.StartsWith("Error: The handler of 'throw", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_costs_its_ack_only()
    {
        await using var server = TestServer.Start();
        server.Io.On("bad", object () => new { Self = (Action)(() => { }) });
        var ann = await server.ConnectAsync();
        ann.Send("421[\"bad\"]");

        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_drop_the_event_and_nothing_else()
    {
        await using var server = TestServer.Start();
        server.Io.On("number", (int number) => number);
        var ann = await server.ConnectAsync();
        ann.Send("421[\"number\",\"text\"]");
        ann.Send("422[\"number\"]");
        ann.Send("423[\"number\",7]");

        Assert.Equal("433[7]", await ann.ReadAsync());
        Assert.Equal(2, server.Log.Lines.Count(line => line.Contains("was dropped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_disconnect_handler_runs_last_when_the_socket_is_out_of_all_rooms()
    {
        await using var server = TestServer.Start();
        var order = new List<string>();
        var mayEnd = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        server.Io.On("slow", async (Socket socket) =>
        {
            await socket.JoinAsync("room");
            await mayEnd.Task;
            order.Add("first");
        });
        server.Io.On("fast", () => order.Add("second"));
        server.Io.OnDisconnect(async (Socket socket, string reason) =>
        {
            order.Add($"{reason}, {socket.Rooms.Count} rooms, connected {socket.Connected}, "
                + $"aborted {socket.Aborted.IsCancellationRequested}");
            order.Add($"{(await server.Io.To("room").SocketIdsAsync()).Count} in the room");
            order.Add($"{(await server.Io.SocketIdsAsync()).Count} in the namespace");
            ended.SetResult();
        });
        var client = await server.ConnectAsync();
        client.Send("42[\"slow\"]");
        client.Send("42[\"fast\"]");
        var socket = server.Io.Find(client.Id)!;
        await Limit.WaitUntil(() => socket.Rooms.Count == 1);
        client.Session.Close(CloseReason.TransportClose);
        await Limit.WaitUntil(() => socket.Aborted.IsCancellationRequested);
        mayEnd.SetResult();

        await ended.Task.EndInTime();
        Assert.Equal(
            [
                "first", "second", "transport close, 0 rooms, connected False, aborted True", "0 in the room",
                "0 in the namespace",
            ],
            order);
        Assert.Null(server.Io.Find(client.Id));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_and_the_others_get_everything()
    {
        await using var server = TestServer.Start(options => options.OutboxLimit = 16 * 1024);
        var reason = new TaskCompletionSource<string>();
        server.Io.OnDisconnect(reason.SetResult);
        var (slow, fast) = (await server.ConnectAsync(), await server.ConnectAsync());
        slow.Transport.Block();
        var text = new string('x', 1000);
        for (var number = 0; number < 50; number++)
        {
            await server.Io.EmitAsync("e", text).EndInTime();
        }

        Assert.Equal("slow consumer", await reason.Task.EndInTime());
        Assert.Equal("abort: slow consumer", await slow.Transport.Ended.EndInTime());
        Assert.Equal(50, (await fast.ReadAsync(50)).Length);
        Assert.InRange(slow.Session.Outbox.Bytes, 1, 16 * 1024);
    }

    [Fact]
    public async Task What_waits_for_a_client_that_is_still_being_let_in_is_bounded_too()
    {
        await using var server = TestServer.Start(options => options.OutboxLimit = 16 * 1024);
        var never = new TaskCompletionSource();
        server.Io.OnConnect(async (Socket socket) =>
        {
            await socket.JoinAsync("room");
            await never.Task;
        });
        var client = await server.OpenAsync();
        client.Send("40");
        await Limit.WaitUntil(() => server.Io.To("room").SocketIdsAsync().IsCompletedSuccessfully);
        for (var number = 0; number < 50; number++)
        {
            await server.Io.To("room").EmitAsync("e", new string('x', 1000)).EndInTime();
        }

        Assert.Equal("abort: slow consumer", await client.Transport.Ended.EndInTime());
        never.SetResult();
    }

    [Fact]
    public async Task A_flood_of_joins_waits_in_the_window_as_events_do()
    {
        await using var server = TestServer.Start(options => options.MaxPendingEvents = 10);
        var mayEnd = new TaskCompletionSource();
        var started = 0;
        server.Io.OnConnect(() =>
        {
            Interlocked.Increment(ref started);
            return mayEnd.Task;
        });
        var client = await server.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var flood = Task.Run(async () =>
        {
            for (var round = 0; round < 200; round++)
            {
                await client.SendInWindowAsync("40", cancellation.Token);
                await client.SendInWindowAsync("41", cancellation.Token);
            }
        });

        await Limit.WaitUntil(() =>
            flood.IsCompleted || (Volatile.Read(ref started) >= 9 && client.Session.Window.LastStall is { Until: null }));
        Assert.False(flood.IsCompleted);
        Assert.InRange(Volatile.Read(ref started), 1, 12);
        mayEnd.SetResult();
        await flood.EndInTime();
        await Limit.WaitUntil(() => Volatile.Read(ref started) == 200);
    }

    [Fact]
    public async Task The_window_is_given_back_by_every_way_an_event_can_end()
    {
        await using var server = TestServer.Start(options => options.MaxPendingEvents = 2);
        server.Io.Of("/no").OnConnect(() => Task.FromResult(Connect.Refuse("no")));
        server.Io.On("ok", () => Task.Delay(1));
        server.Io.On("throw", void () => throw new FormatException());
        server.Io.On("throw later", async Task () =>
        {
            await Task.Yield();
            throw new FormatException();
        });
        server.Io.On("number", (int number) => number);
        var client = await server.ConnectAsync();
        string[] packets =
        [
            "42[\"ok\"]", "42[\"throw\"]", "42[\"throw later\"]", "42[\"number\",\"x\"]", "42[\"unknown\"]", "4399[]",
            "40/no,", "42/no,[\"behind a refusal\"]", "40/missing,", "3", "6",
        ];
        foreach (var packet in packets.SelectMany(packet => Enumerable.Repeat(packet, 10)))
        {
            await client.SendInWindowAsync(packet).EndInTime();
        }

        client.Send("421[\"number\",5]");
        Assert.Equal("431[5]", (await client.ReadUntilAsync("431[5]"))[^1]);
    }

    [Fact]
    public async Task A_client_that_breaks_the_protocol_is_closed_alone()
    {
        await using var server = TestServer.Start();
        var good = await server.ConnectAsync();
        foreach (var packet in new[] { "49", "42{}", "42[\"connect\"]", "40", "42/other,[\"e\"]", "44", "4", "4x" })
        {
            var bad = await server.ConnectAsync();
            bad.Send(packet);
            Assert.Equal("abort: parse error", await bad.Transport.Ended.EndInTime());
        }

        await good.ExpectNothingAsync();
    }
}
