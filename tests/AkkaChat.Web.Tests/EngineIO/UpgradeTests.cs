using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class UpgradeTests
{
    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_session_goes_on_over_the_websocket(string bridge)
    {
        await using var server = await TestServer.StartAsync(options: options => Bridges.Choose(options, bridge));
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await client.SendAsync("4before");
        await client.ExpectAsync("4before");

        var socket = await client.UpgradeAsync();
        await socket.SendAsync("4after");
        await socket.SendBinaryAsync(null, [1, 2]);
        await socket.ExpectAsync("4after");
        await socket.ExpectBinaryAsync([1, 2]);
        await socket.CloseAsync();
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task The_probe_releases_the_poll_that_waits()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        var poll = client.PollAsync();
        await using var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        using var answer = await poll;
        Assert.Equal("6", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_poll_that_comes_after_the_probe_is_released_as_well()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        await client.ExpectAsync("6", "6");
    }

    [Fact]
    public async Task What_waits_for_a_poll_comes_over_the_websocket_in_order()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();
        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");

        await client.SendAsync("4one", "bAQ==", "4two");
        await socket.SendAsync("5", "4three");
        await socket.ExpectAsync("4one");
        await socket.ExpectBinaryAsync([1]);
        await socket.ExpectAsync("4two", "4three");
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task Messages_in_flight_both_ways_are_neither_lost_nor_doubled_nor_swapped(string bridge)
    {
        await using var server = await TestServer.StartAsync(
            use: app => app.MapEngineIO("/count/", Stream.Connect), options: options => Bridges.Choose(options, bridge));
        var client = await server.OpenPollingAsync("/count/");

        var stream = new Stream();
        await stream.SendUntilAsync(client, 200);
        await using var socket = await client.OfferWebSocketAsync();
        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        await stream.SendUntilAsync(client, 400);
        await stream.LeaveInFlightAsync(client);
        await socket.SendAsync("5");
        await stream.DrainAsync(socket);
        await stream.SendUntilAsync(socket, 1000);
        Assert.Equal((1000, 1000), (stream.Sent, stream.Echoed));
    }

    [Theory]
    [InlineData("4hello")]
    [InlineData("5")]
    [InlineData("2")]
    [InlineData("2prob")]
    [InlineData("3probe")]
    [InlineData("1")]
    [InlineData("9")]
    [InlineData("")]
    public async Task Anything_but_a_probe_closes_the_candidate_only(string packet)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync(packet);
        await socket.EndsSoonAsync();
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
        await TakesOverAsync(client);
    }

    [Fact]
    public async Task Anything_but_the_upgrade_after_the_probe_closes_the_candidate_only()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        await socket.SendBinaryAsync(null, [5]);
        await socket.EndsSoonAsync();
        await TakesOverAsync(client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_candidate_that_takes_too_long_is_closed_and_another_may_come(bool probes)
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.UpgradeTimeout = TimeSpan.FromSeconds(1));
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync(probes ? ["2probe"] : []);
        await socket.EndsAsync();
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
        await TakesOverAsync(client);
    }

    [Fact]
    public async Task A_candidate_that_breaks_off_leaves_the_session_as_it_was()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        var socket = await client.OfferWebSocketAsync();

        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        socket.Abort();
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    [Fact]
    public async Task While_one_candidate_is_probing_a_second_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var first = await client.OfferWebSocketAsync();
        await first.SendAsync("2probe");
        await first.ExpectAsync("3probe");

        await using var second = await client.OfferWebSocketAsync();
        await second.EndsSoonAsync();
        await first.SendAsync("5", "4mine");
        await first.ExpectAsync("4mine");
    }

    [Fact]
    public async Task After_an_upgrade_a_second_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.UpgradeAsync();

        await using var second = await client.OfferWebSocketAsync();
        await second.EndsSoonAsync();
        await socket.SendAsync("4mine");
        await socket.ExpectAsync("4mine");
    }

    [Fact]
    public async Task A_session_opened_by_websocket_takes_no_other()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await using var second = await RawWebSocket.ConnectAsync(server.Host, TestServer.Echo, "&sid=" + client.Sid);
        await second.EndsSoonAsync();
        await client.SendAsync("4mine");
        await client.ExpectAsync("4mine");
    }

    [Fact]
    public async Task Late_polling_requests_are_refused_and_change_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.UpgradeAsync();
        await socket.SendAsync("4upgraded");
        await socket.ExpectAsync("4upgraded");

        await HttpAssert.IsBadRequestAsync(await client.PollAsync());
        await HttpAssert.IsBadRequestAsync(await client.PostAsync("4late"));
        await HttpAssert.IsBadRequestAsync(await client.PostAsync("garbage"));
        await HttpAssert.IsBadRequestAsync(await client.PostAsync([1], "application/octet-stream"));
        await socket.SendAsync("4mine");
        await socket.ExpectAsync("4mine");
    }

    [Fact]
    public async Task A_poll_under_way_at_the_upgrade_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var socket = await client.OfferWebSocketAsync();
        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");

        var poll = client.PollAsync();
        await socket.SendAsync("5", "4mine");
        using var answer = await poll;
        Assert.Contains(await answer.Content.ReadAsStringAsync(), new[] { "6", """{"code":3,"message":"Bad request"}""" });
        await socket.ExpectAsync("4mine");
    }

    [Fact]
    public async Task Where_upgrades_are_off_none_is_offered_and_none_is_taken()
    {
        await using var server = await TestServer.StartAsync(options: options => options.AllowUpgrades = false);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        Assert.Equal("[]", client.Opened.GetProperty("upgrades").GetRawText());
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(client.OfferWebSocketAsync);
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    private static async Task TakesOverAsync(PollingClient client)
    {
        await using var socket = await client.UpgradeAsync();
        await socket.SendAsync("4taken over");
        await socket.ExpectAsync("4taken over");
    }

    /// <summary>
    /// The server answers each number of the client with that number, and pushes numbers of its own all the time, a
    /// bounded lead ahead of the client's.
    /// </summary>
    private sealed class Stream
    {
        private const int Lead = 50;
        private int _pushes;

        public int Sent { get; private set; }

        public int Echoed { get; private set; }

        public static void Connect(EngineSocket socket)
        {
            var pushed = 0;
            socket.OnMessage(message =>
            {
                var number = int.Parse(message.Text);
                socket.Send($"echo {number}");
                for (; pushed < number + Lead; pushed++)
                {
                    socket.Send($"push {pushed}");
                }
            });
        }

        /// <summary>Sends numbers, several at a time, and checks what comes meanwhile.</summary>
        public async Task SendUntilAsync(EngineClient client, int count)
        {
            while (Sent < count)
            {
                var sending = SendAsync(client, 5);
                while (Echoed < Sent)
                {
                    Check(await client.ReceiveAsync());
                }

                await sending;
            }
        }

        /// <summary>Sends numbers and leaves the answers for later; checks only what the client has already.</summary>
        public async Task LeaveInFlightAsync(PollingClient client)
        {
            await SendAsync(client, 5);
            while (client.TryTake(out var packet))
            {
                Check(packet);
            }
        }

        public async Task DrainAsync(EngineClient client)
        {
            while (Echoed < Sent)
            {
                Check(await client.ReceiveAsync());
            }
        }

        private Task SendAsync(EngineClient client, int count)
        {
            var numbers = Enumerable.Range(Sent, count).Select(number => $"4{number}").ToArray();
            Sent += count;
            return client.SendAsync(numbers);
        }

        private void Check(string packet)
        {
            if (packet.StartsWith("4push", StringComparison.Ordinal))
            {
                Assert.Equal($"4push {_pushes++}", packet);
            }
            else if (packet != "6")
            {
                Assert.Equal($"4echo {Echoed++}", packet);
            }
        }
    }
}
