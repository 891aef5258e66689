using System.Net;
using System.Text.Json;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

/// <summary>What other programs do by the HTTP API, seen by real clients.</summary>
public sealed class HttpApiCommandTests
{
    [Fact]
    public async Task An_event_reaches_rooms_users_and_sockets_once_each_and_the_answer_says_how_many()
    {
        await using var server = await ApiClient.StartServerAsync(options: options => options.UserId = UserIdOf);
        await using var api = new ApiClient(server);
        var members = await Member.JoinAsync(server, 4);
        var ana = await server.JoinAsync(auth: """{"id":"ana"}""");
        await members[0].Socket.JoinAsync("r");
        await members[1].Socket.JoinAsync("r");
        await members[1].Socket.JoinAsync("s");
        await members[2].Socket.JoinAsync("s");
        await members[2].Socket.JoinAsync("muted");

        var answer = await api.PostAsync("emit", $$"""
            {"rooms":["r","s"],"users":["ana"],"socketIds":["{{members[0].Id}}"],"except":["muted"],"event":"news","args":["x"]}
            """);

        answer.Is("""{"delivered":3,"missingNodes":[]}""");
        await members[0].SeesOnlyAsync("""42["news","x"]""");
        await members[1].SeesOnlyAsync("""42["news","x"]""");
        await members[2].SeesNothingAsync();
        await members[3].SeesNothingAsync();
        await ana.ExpectAsync("""42["news","x"]""");
    }

    [Theory]
    [InlineData("""{"event":"x"}""")]
    [InlineData("""{"event":"x","rooms":null,"users":null,"socketIds":null}""")]
    [InlineData("""{"event":"x","except":["r"]}""")]
    [InlineData("""{"event":"x","everybody":false}""")]
    [InlineData("""{"event":"x","everybody":true,"rooms":["r"]}""")]
    public async Task A_target_that_is_left_out_never_means_everybody(string request)
    {
        await using var server = await ApiClient.StartServerAsync();
        await using var api = new ApiClient(server);
        var member = await Member.JoinAsync(server);

        (await api.PostAsync("emit", request)).IsProblem(400, "everybody", "everybody");
        await member.SeesNothingAsync();
    }

    [Fact]
    public async Task Everybody_is_everybody_of_the_namespace_and_an_empty_list_is_nobody()
    {
        await using var server = await ApiClient.StartServerAsync(io => io.Of("/admin"));
        await using var api = new ApiClient(server);
        var member = await Member.JoinAsync(server);
        var admin = await Member.JoinAsync(server, "/admin");

        (await api.PostAsync("emit", """{"everybody":true,"event":"all"}""")).Is("""{"delivered":1,"missingNodes":[]}""");
        (await api.PostAsync("emit", """{"rooms":[],"event":"none"}""")).Is("""{"delivered":0,"missingNodes":[]}""");
        (await api.PostAsync("emit", """{"namespace":"admin","everybody":true,"volatile":true,"event":"a"}"""))
            .Is("""{"delivered":1,"missingNodes":[]}""");
        await member.SeesOnlyAsync("""42["all"]""");
        await admin.Client.ExpectAsync("""42/admin,["a"]""");
    }

    [Fact]
    public async Task Arguments_arrive_as_they_were_written_and_binary_as_attachments()
    {
        await using var server = await ApiClient.StartServerAsync();
        await using var api = new ApiClient(server);
        var member = await Member.JoinAsync(server);

        await api.PostAsync("emit", """{"everybody":true,"event":"x","args":[1.50, "ä\ud83d", null, {"$base64":"AAH/","more":1}]}""");
        await member.Client.ExpectAsync("""42["x",1.50,"ä\ud83d",null,{"$base64":"AAH/","more":1}]""");

        await api.PostAsync("emit", """{"everybody":true,"event":"y","args":[{"deep":[{"$base64":"AAH/"},2.0]},{"$base64":""}]}""");
        await member.Client.ExpectAsync("""452-["y",{"deep":[{"_placeholder":true,"num":0},2.0]},{"_placeholder":true,"num":1}]""");
        await member.Client.ExpectBinaryAsync([0, 1, 255], []);
    }

    [Fact]
    public async Task A_call_collects_the_ack_of_each_recipient()
    {
        await using var server = await ApiClient.StartServerAsync();
        await using var api = new ApiClient(server);
        var members = await Member.JoinAsync(server, 3);

        var asking = api.PostAsync("call", """{"everybody":true,"event":"ask","args":["?"],"timeoutMs":1000}""");
        var ackId = AckIdOf(await members[0].Client.ReceiveAsync());
        await members[1].Client.ReceiveAsync();
        await members[2].Client.ReceiveAsync();
        await members[0].Client.SendBinaryAsync($$$"""461-{{{ackId}}}["yes",{"file":{"_placeholder":true,"num":0}}]""", [0, 1, 255]);
        members[1].Client.Abort();

        var answer = (await asking).Json;
        Assert.Empty(answer.GetProperty("missingNodes").EnumerateArray());
        var outcomes = answer.GetProperty("outcomes").EnumerateArray().ToDictionary(one => one.GetProperty("socketId").GetString()!);
        Assert.Equal(3, outcomes.Count);
        Assert.Equal("""["yes",{"file":{"$base64":"AAH/"}}]""", outcomes[members[0].Id].GetProperty("args").GetRawText());
        Assert.Equal(
            ["acknowledged", "disconnected", "timedOut"],
            members.Select(member => outcomes[member.Id].GetProperty("result").GetString()));
        Assert.False(outcomes[members[1].Id].TryGetProperty("args", out _));
    }

    [Fact]
    public async Task Sockets_join_and_leave_rooms()
    {
        await using var server = await ApiClient.StartServerAsync();
        await using var api = new ApiClient(server);
        var members = await Member.JoinAsync(server, 2);

        (await api.PostAsync("join", """{"everybody":true,"join":["a","b"]}""")).Is("{}");
        (await api.PostAsync("leave", $$"""{"socketIds":["{{members[0].Id}}"],"leave":["a"]}""")).Is("{}");

        Assert.Equal(["b"], members[0].Socket.Rooms);
        Assert.Equal(["a", "b"], members[1].Socket.Rooms.Order());
    }

    [Fact]
    public async Task Sockets_are_disconnected_from_the_namespace_or_closed()
    {
        await using var server = await ApiClient.StartServerAsync(options: options => options.UserId = UserIdOf);
        await using var api = new ApiClient(server);
        var ana = await server.JoinAsync(auth: """{"id":"ana"}""");
        var ben = await server.JoinAsync(auth: """{"id":"ben"}""");

        (await api.PostAsync("disconnect", """{"users":["ana"]}""")).Is("{}");
        await ana.ExpectAsync("41");
        await ana.JoinAsync();

        (await api.PostAsync("disconnect", """{"users":["ben"],"close":true}""")).Is("{}");
        await ben.ExpectAsync("41");
        await ben.EndsSoonAsync();
    }

    [Fact]
    public async Task A_batch_is_carried_out_in_order_and_each_command_has_its_own_result()
    {
        await using var server = await ApiClient.StartServerAsync();
        await using var api = new ApiClient(server);
        var member = await Member.JoinAsync(server);

        var answer = await api.PostAsync("batch", """
            {"commands":[
                {"join":{"everybody":true,"join":["r"]}},
                {"emit":{"rooms":["r"],"event":"one"}},
                {"emit":{"rooms":["r"],"event":"connect"}},
                {"emit":{"rooms":"r","event":"x"}},
                {"leave":{"everybody":true,"leave":["r"]}},
                {"emit":{"rooms":["r"],"event":"nobody"}},
                {"emit":{"everybody":true,"event":"two"}},
                {"call":{"rooms":["r"],"event":"nobody"}},
                {"disconnect":{"everybody":true}}]}
            """);

        var results = answer.Json.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([200, 200, 400, 400, 200, 200, 200, 200, 200], results.Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal([1, 0, 1], new[] { 1, 5, 6 }.Select(index => results[index].GetProperty("result").GetProperty("delivered").GetInt32()));
        Assert.Equal(["event", "rooms"], new[] { 2, 3 }.Select(index => results[index].GetProperty("error").GetProperty("field").GetString()));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await member.Client.ExpectAsync("""42["one"]""", """42["two"]""", "41");
    }

    [Fact]
    public async Task What_a_room_does_not_take_in_time_is_not_called_delivered()
    {
        using var mayGoOn = new ManualResetEventSlim();
        await using var server = await ApiClient.StartServerAsync(
            io => io.OnRoomEvent(_ => mayGoOn.Wait(Limit.Patience)), options => options.EmitTimeout = TimeSpan.FromMilliseconds(100));
        await using var api = new ApiClient(server);
        var member = await Member.JoinAsync(server);
        var joining = member.Socket.JoinAsync("stalled");

        (await api.PostAsync("emit", """{"rooms":["stalled"],"event":"x"}""")).IsProblem(503, null, "within 0.1 s");
        var batch = await api.PostAsync("batch", """{"commands":[{"emit":{"rooms":["stalled"],"event":"x"}},{"emit":{"rooms":[],"event":"y"}}]}""");
        Assert.Equal([503, 200], batch.Json.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()));

        mayGoOn.Set();
        await Assert.ThrowsAsync<TimeoutException>(() => joining.Soon());
    }

    [Fact]
    public async Task Who_asks_and_goes_leaves_nothing_behind()
    {
        await using var server = await ApiClient.StartServerAsync();
        var member = await Member.JoinAsync(server);
        var api = new ApiClient(server);
        var asking = api.PostAsync("call", """{"everybody":true,"event":"ask"}""");
        var ackId = AckIdOf(await member.Client.ReceiveAsync());

        await api.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await member.Client.SendAsync($"43{ackId}[1]");
        await member.Client.EchoesAsync();
    }

    private static string? UserIdOf(Socket socket) =>
        socket.Handshake.HasAuth && socket.Handshake.Auth.As<JsonElement>().TryGetProperty("id", out var id) ? id.GetString() : null;

    /// <summary>The number between the packet's type and its arguments.</summary>
    private static string AckIdOf(string packet) => packet[2..packet.IndexOf('[', StringComparison.Ordinal)];
}
