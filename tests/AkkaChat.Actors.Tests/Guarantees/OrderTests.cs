using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Guarantees;

/// <summary>DESIGN 5.1 to 5.3: order and acks, on real actors with clients that speak the protocol.</summary>
public class OrderTests
{
    [Fact]
    public async Task Design_5_2_all_members_of_a_room_see_one_order_whoever_emits()
    {
        const int Emitters = 4;
        const int EmitsEach = 250;
        await using var server = TestServer.Start();
        server.Io.On("join", (Socket socket) => socket.JoinAsync("room"));
        var clients = await JoinAsync(server, 5);

        await Limit.RunAtOnce(Emitters, emitter =>
        {
            for (var number = 0; number < EmitsEach; number++)
            {
                _ = server.Io.To("room").EmitAsync("e", $"{emitter}:{number}");
            }
        });

        var first = await clients[0].ReadAsync(Emitters * EmitsEach);
        foreach (var client in clients[1..])
        {
            Assert.Equal(first, await client.ReadAsync(Emitters * EmitsEach));
        }

        for (var emitter = 0; emitter < Emitters; emitter++)
        {
            Assert.Equal(
                Enumerable.Range(0, EmitsEach).Select(number => $"42[\"e\",\"{emitter}:{number}\"]"),
                first.Where(text => text.StartsWith($"42[\"e\",\"{emitter}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Design_5_2_the_namespace_itself_is_a_room_with_one_order()
    {
        await using var server = TestServer.Start();
        server.Io.On("say", (int number) => { _ = server.Io.EmitAsync("said", number); });
        var ann = await server.ConnectAsync();
        var bob = await server.ConnectAsync();
        for (var number = 0; number < 200; number++)
        {
            (number % 2 == 0 ? ann : bob).Send($"42[\"say\",{number}]");
        }

        Assert.Equal(await ann.ReadAsync(200), await bob.ReadAsync(200));
    }

    [Fact]
    public async Task Design_5_2_operations_of_one_handler_take_effect_in_call_order_though_nobody_awaits_them()
    {
        await using var server = TestServer.Start();
        server.Io.On("go", (Socket socket) =>
        {
            _ = socket.EmitAsync("e", 1);
            _ = socket.JoinAsync("a");
            _ = server.Io.To("a").EmitAsync("e", 2);
            _ = server.Io.To("b").EmitAsync("e", "nobody");
            _ = socket.JoinAsync("b");
            _ = server.Io.To("b").EmitAsync("e", 3);
            _ = server.Io.To("a").EmitAsync("e", 4);
            _ = socket.EmitAsync("e", 5);
            _ = server.Io.EmitAsync("e", 6);
            _ = socket.LeaveAsync("a");
            _ = server.Io.To("a").EmitAsync("e", "gone");
            _ = server.Io.To("a", "b").EmitAsync("e", 7);
            _ = server.Io.To(socket.Id).EmitAsync("e", 8);
            _ = socket.LeaveAsync("b");
        });
        var client = await server.ConnectAsync();
        for (var round = 0; round < 50; round++)
        {
            client.Send($"42{round}[\"go\"]");
            var messages = await client.ReadAsync(9);
            Assert.Equal([.. Enumerable.Range(1, 8).Select(number => $"42[\"e\",{number}]"), $"43{round}[]"], messages);
        }
    }

    [Fact]
    public async Task Design_5_2_and_in_call_order_if_they_are_awaited()
    {
        await using var server = TestServer.Start();
        server.Io.On("go", async (Socket socket) =>
        {
            await socket.JoinAsync("a");
            await server.Io.To("a").EmitAsync("e", 1);
            await socket.EmitAsync("e", 2);
            await socket.LeaveAsync("a");
            await server.Io.To("a").EmitAsync("e", "gone");
            await server.Io.EmitAsync("e", 3);
        });
        var client = await server.ConnectAsync();
        client.Send("421[\"go\"]");

        Assert.Equal(["42[\"e\",1]", "42[\"e\",2]", "42[\"e\",3]", "431[]"], await client.ReadAsync(4));
    }

    [Fact]
    public async Task Design_5_2_an_awaited_emit_is_in_every_members_outbox()
    {
        await using var server = TestServer.Start();
        server.Io.On("join", (Socket socket) => socket.JoinAsync("room"));
        var clients = await JoinAsync(server, 20);
        foreach (var client in clients)
        {
            client.Transport.Block();
        }

        await server.Io.To("room").EmitAsync("e").EndInTime();

        Assert.All(clients, client => Assert.False(client.Session.Outbox.IsEmpty));
    }

    [Fact]
    public async Task Design_5_3_a_client_sees_its_own_broadcast_before_the_ack_of_the_event_that_caused_it()
    {
        await using var server = TestServer.Start();
        server.Io.On("join", (Socket socket) => socket.JoinAsync("room"));
        server.Io.On("say", string (string text) =>
        {
            _ = server.Io.To("room").EmitAsync("said", text);
            return "ok";
        });
        var clients = await JoinAsync(server, 3);
        for (var round = 0; round < 100; round++)
        {
            clients[0].Send($"42{round}[\"say\",\"hi\"]");
            Assert.Equal(["42[\"said\",\"hi\"]", $"43{round}[\"ok\"]"], await clients[0].ReadAsync(2));
        }
    }

    [Fact]
    public async Task Design_5_1_events_to_one_client_go_out_in_the_order_of_the_calls_binary_parts_unbroken()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;

        await Limit.RunAtOnce(3, number =>
        {
            for (var round = 0; round < 300; round++)
            {
                _ = socket.EmitAsync("e", number, round, new byte[] { (byte)number }, new byte[] { (byte)number });
            }
        });

        var next = new int[3];
        for (var packet = 0; packet < 900; packet++)
        {
            var messages = await client.ReadAsync(3);
            var number = messages[0]["452-[\"e\",".Length] - '0';
            Assert.StartsWith($"452-[\"e\",{number},{next[number]++},", messages[0]);
            Assert.Equal([$"b:0{number}", $"b:0{number}"], messages[1..]);
        }
    }

    [Fact]
    public async Task Events_of_one_client_are_handled_one_at_a_time_in_order_also_by_async_handlers()
    {
        await using var server = TestServer.Start();
        var running = 0;
        server.Io.On("e", async (int number) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            if (number % 3 == 0)
            {
                await Task.Delay(1);
            }

            Interlocked.Decrement(ref running);
            return number;
        });
        var client = await server.ConnectAsync();
        for (var number = 0; number < 90; number++)
        {
            client.Send($"42{number}[\"e\",{number}]");
        }

        Assert.Equal(
            Enumerable.Range(0, 90).Select(number => $"43{number}[{number}]"), await client.ReadAsync(90));
    }

    [Fact]
    public async Task While_a_handler_awaits_acks_and_pongs_and_calls_to_the_same_client_still_flow()
    {
        await using var server = TestServer.Start(options => options.PingInterval = TimeSpan.FromMilliseconds(50));
        server.Io.On("ask", async (Socket socket) => "got " + await socket.CallAsync<string>("question"));
        var client = await server.ConnectAsync();
        client.Send("421[\"ask\"]");
        var pings = 0;
        while (pings < 3)
        {
            if (await client.ReadAsync() == "2")
            {
                client.Send("3");
                pings++;
            }
        }

        client.Send("430[\"answer\"]");
        Assert.Equal("431[\"got answer\"]", (await client.ReadUntilAsync("431[\"got answer\"]"))[^1]);
        Assert.False(client.Transport.Ended.IsCompleted);
    }

    [Fact]
    public async Task What_a_connect_handler_emits_follows_CONNECT()
    {
        await using var server = TestServer.Start();
        server.Io.OnConnect(async (Socket socket) =>
        {
            _ = socket.EmitAsync("welcome", 1);
            await socket.JoinAsync("room");
            await server.Io.To("room").EmitAsync("welcome", 2);
            await Task.Yield();
            await socket.EmitAsync("welcome", 3);
        });
        var client = await server.OpenAsync();
        client.Send("40");

        var messages = await client.ReadAsync(4);
        Assert.StartsWith("40{", messages[0]);
        Assert.Equal(["42[\"welcome\",1]", "42[\"welcome\",2]", "42[\"welcome\",3]"], messages[1..]);
    }

    [Fact]
    public async Task N12_events_that_arrive_behind_CONNECT_wait_for_its_answer()
    {
        await using var server = TestServer.Start();
        var mayJoin = new TaskCompletionSource();
        server.Io.OnConnect(() => mayJoin.Task);
        server.Io.On("e", (int number) => number);
        var client = await server.OpenAsync();
        client.Send("40");
        for (var number = 0; number < 20; number++)
        {
            client.Send($"42{number}[\"e\",{number}]");
        }

        mayJoin.SetResult();
        var messages = await client.ReadAsync(21);
        Assert.StartsWith("40{", messages[0]);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"43{number}[{number}]"), messages[1..]);
    }

    internal static async Task<TestClient[]> JoinAsync(TestServer server, int count)
    {
        var clients = new TestClient[count];
        for (var number = 0; number < count; number++)
        {
            clients[number] = await server.ConnectAsync();
            clients[number].Send("420[\"join\"]");
            Assert.Equal("430[]", await clients[number].ReadAsync());
        }

        return clients;
    }
}
