using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>Sockets of other nodes, by their ids.</summary>
public sealed class RemoteSocketTests : IAsyncDisposable
{
    private readonly LinkedServers _servers = new(configure: options => options.UserId = _ => "ann");

    private IAkkaChat Here => _servers[0].Io;

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task An_emit_to_an_id_is_in_the_outbox_on_its_node_when_it_completes()
    {
        var client = await _servers.ConnectAsync(1);

        await Here.To(client.Id).EmitAsync("hello", 1, new byte[] { 7 }).EndInTime();

        Assert.Equal(["451-[\"hello\",1,{\"_placeholder\":true,\"num\":0}]", "b:07"], await client.ReadAsync(2));
    }

    [Fact]
    public async Task Emits_to_an_id_keep_their_order_whether_awaited_or_not()
    {
        var client = await _servers.ConnectAsync(1);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Here.To(client.Id).EmitAsync("e", number))).EndInTime();

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"42[\"e\",{number}]"), await client.ReadAsync(20));
    }

    [Fact]
    public async Task An_emit_to_ids_of_nodes_that_nobody_knows_or_of_sockets_that_have_gone_completes()
    {
        var client = await _servers.ConnectAsync(1);
        var gone = client.Id[..9] + "AAAAAAAAAAAAAAAAAAAAAA";

        await Here.To(gone).EmitAsync("e").EndInTime();
        await Here.To("zzzzzzzz~AAAAAAAAAAAAAAAAAAAAAA").EmitAsync("e").EndInTime();

        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task An_emit_to_the_id_of_a_node_that_does_not_answer_fails_and_says_that_nobody_knows()
    {
        var time = new ManualTime();
        await using var servers = new LinkedServers(time: time);
        var client = await servers.ConnectAsync(1);
        servers.PeersOf(1).IsSilent = true;

        var emit = servers[0].Io.To(client.Id).EmitAsync("e");
        await Limit.WaitUntil(() => !servers.PeersOf(1).Asked.IsEmpty);
        time.Advance(TimeSpan.FromSeconds(5));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => emit.EndInTime());
        Assert.Contains("Nobody knows whether it arrived", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_and_excepted_sockets_of_other_nodes_get_nothing()
    {
        var client = await _servers.ConnectAsync(1, "muted");

        await Here.Local.To(client.Id).EmitAsync("e").EndInTime();
        await Here.To(client.Id).Except("muted").EmitAsync("e").EndInTime();
        await Here.To(client.Id).Except(client.Id).EmitAsync("e").EndInTime();

        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_socket_that_is_fetched_says_what_is_known_of_it_but_no_secrets()
    {
        var client = await _servers.ConnectAsync(1, "lobby");
        var socket = _servers[1].Io.Find(client.Id)!;
        socket.Items["age"] = 30;
        socket.Items["picture"] = new byte[] { 1 };
        socket.Items["nothing"] = null;
        socket.Items["action"] = () => { };

        var fetched = Assert.Single(await Here.FetchSocketsAsync().EndInTime());

        Assert.Equal((client.Id, "ann"), (fetched.Id, fetched.UserId));
        Assert.Equal(["lobby"], fetched.Rooms);
        Assert.Equal(["age", "nothing", "picture"], fetched.Items.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(30, ((JsonElement)fetched.Items["age"]!).GetInt32());
        Assert.Equal([1], ((JsonElement)fetched.Items["picture"]!).GetBytesFromBase64());
        Assert.Null(fetched.Items["nothing"]);
        Assert.False(fetched.Handshake.HasAuth);
        Assert.False(fetched.Handshake.User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task A_fetched_socket_can_be_asked_moved_and_disconnected()
    {
        var client = await _servers.ConnectAsync(1);
        var fetched = Assert.Single(await Here.FetchSocketsAsync().EndInTime());

        await fetched.JoinAsync("a", "b").EndInTime();
        await fetched.LeaveAsync("a").EndInTime();
        Assert.Equal(["b"], _servers[1].Io.Find(client.Id)!.Rooms);

        var call = fetched.CallAsync<int>("ask", 1);
        var question = await client.ReadAsync();
        var ackId = question[2..question.IndexOf('[', StringComparison.Ordinal)];
        client.Send($"43{ackId}[42]");
        Assert.Equal(42, await call.EndInTime());

        await fetched.DisconnectAsync().EndInTime();
        Assert.Equal("41", await client.ReadAsync());
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => fetched.CallAsync<int>("ask").EndInTime());
    }

    [Fact]
    public async Task A_call_to_ids_of_several_nodes_has_the_outcome_of_each()
    {
        var clients = new[] { await _servers.ConnectAsync(0), await _servers.ConnectAsync(1), await _servers.ConnectAsync(1) };

        var call = Here.To([.. clients.Select(client => client.Id)]).CallAsync<string>("ask");
        foreach (var (client, number) in clients.Select((client, number) => (client, number)))
        {
            var question = await client.ReadAsync();
            var ackId = question[2..question.IndexOf('[', StringComparison.Ordinal)];
            if (number < 2)
            {
                client.Send($"43{ackId}[\"{number}\"]");
            }
        }

        clients[2].Session.Close(Sessions.CloseReason.TransportClose);
        var outcomes = await call.EndInTime();

        Assert.Equal(
            [(clients[0].Id, CallResult.Acknowledged, "0"), (clients[1].Id, CallResult.Acknowledged, "1"), (clients[2].Id, CallResult.Disconnected, null)],
            clients.Select(client => outcomes.Single(outcome => outcome.SocketId == client.Id))
                .Select(outcome => (outcome.SocketId, outcome.Result, outcome.Value)));
        Assert.True(outcomes.IsComplete);
    }

    [Fact]
    public async Task A_client_of_another_node_that_stays_silent_uses_the_time_up_and_no_more()
    {
        var time = new ManualTime();
        await using var servers = new LinkedServers(time: time);
        var client = await servers.ConnectAsync(1);

        var call = servers[0].Io.To(client.Id).WithTimeout(TimeSpan.FromSeconds(3)).CallAsync<int>("ask");
        await client.ReadAsync();
        await Limit.WaitUntil(() => servers.PeersOf(1).Asked.OfType<NodeRequest.CollectReceipt>().Any());
        await Limit.WaitUntil(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return call.IsCompleted;
        });

        Assert.Equal(CallResult.TimedOut, Assert.Single(await call).Result);
    }

    [Fact]
    public async Task Acks_with_binary_come_over_whole_and_acks_that_do_not_fit_are_invalid()
    {
        var clients = new[] { await _servers.ConnectAsync(1), await _servers.ConnectAsync(1) };

        var call = Here.To([.. clients.Select(client => client.Id)]).CallAsync<byte[]>("ask");
        var ackId = (await clients[0].ReadAsync())[2..^"[\"ask\"]".Length];
        clients[0].Send($"461-{ackId}[{{\"_placeholder\":true,\"num\":0}}]");
        clients[0].SendBinary(1, 2, 3);
        clients[1].Send($"43{ackId}[{{}}]");
        var outcomes = await call.EndInTime();

        Assert.Equal([1, 2, 3], outcomes.Single(outcome => outcome.SocketId == clients[0].Id).Value!);
        Assert.Equal(CallResult.Invalid, outcomes.Single(outcome => outcome.SocketId == clients[1].Id).Result);
    }
}
