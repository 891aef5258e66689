using System.Text.Json;

namespace AkkaChat.Examples.Tests;

/// <summary>With messages as @socket.io/redis-emitter 5.1 and python-socketio 5.16 published them.</summary>
public sealed class QueueBridgeTests : IAsyncLifetime
{
    private const string Flask = "socketio";
    private const string NodeRequests = "socket.io-request#/#";

    private FakeRedis _redis = null!;
    private ExampleProgram _program = null!;

    public async Task InitializeAsync()
    {
        _redis = Redis();
        _program = await ExampleProgram.StartAsync("QueueBridge", arguments: ["--redis", _redis.Address]);
        await _redis.SubscribedAsync();
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public void It_subscribes_to_the_channels_of_both()
    {
        Assert.StartsWith("*4\r\n$9\r\nSUBSCRIBE\r\n$8\r\nsocketio\r\n$20\r\nsocket.io-request#/#\r\n", _redis.Commands, StringComparison.Ordinal);
        Assert.EndsWith("$10\r\nPSUBSCRIBE\r\n$13\r\nsocket.io#/#*\r\n$18\r\nsocket.io#/admin#*\r\n", _redis.Commands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Nodes_emitter_sends_to_all_has_values_of_every_kind()
    {
        using var client = await EnterAsync("all");
        await NodeAsync("socket.io#/#", "k6dlbWl0dGVyg6R0eXBlAqRkYXRhmKNhbGwB+cs/+AAAAAAAAMPAosOkgaFhkgECo25zcKEvg6Vyb29tc5ClZmxhZ3OApmV4Y2VwdJA=");

        var all = await client.NextAsync("all");
        Assert.Equal((1, -7, 1.5, true), (all.GetValue<int>(), all.GetValue<int>(1), all.GetValue<double>(2), all.GetValue<bool>(3)));
        Assert.Equal(JsonValueKind.Null, all.GetValue<JsonElement>(4).ValueKind);
        Assert.Equal(("ä", """{"a":[1,2]}"""), (all.GetValue<string>(5), all.GetValue<JsonElement>(6).GetRawText()));
    }

    [Fact]
    public async Task What_Nodes_emitter_sends_to_rooms_reaches_these_and_not_the_excepted()
    {
        using var member = await EnterAsync(["one", "many", "end"], ["room", "b"]);
        using var muted = await EnterAsync(["one", "many", "end"], ["a", "muted"]);
        await NodeAsync("socket.io#/#room#", "k6dlbWl0dGVyg6R0eXBlAqRkYXRhkqNvbmXEAwAB/6Nuc3ChL4Olcm9vbXORpHJvb22lZmxhZ3OApmV4Y2VwdJA=");
        await NodeAsync("socket.io#/#", "k6dlbWl0dGVyg6R0eXBlAqRkYXRhkqRtYW55gaRkZWVwkcQBB6Nuc3ChL4Olcm9vbXOSoWGhYqVmbGFnc4Kodm9sYXRpbGXDqGNvbXByZXNzwqZleGNlcHSRpW11dGVk");
        await EndAsync();

        byte[][] expected = [[0, 1, 255], [7]];
        Assert.Equal(expected, [(await member.NextAsync("one")).GetValue<byte[]>(), .. (await member.NextAsync("many")).GetValue<Deep>().Values]);
        await muted.NextAsync("end");
        Assert.False(muted.HasReceived("one"));
        Assert.False(muted.HasReceived("many"));
    }

    [Fact]
    public async Task What_Nodes_emitter_sends_into_a_namespace_reaches_its_room_there()
    {
        using var admin = await new ExampleClient(_program, "admin").ConnectAsync("ns");
        await admin.CallAsync("join", "x");
        await NodeAsync("socket.io#/admin#x#", "k6dlbWl0dGVyg6R0eXBlAqRkYXRhlaJuc84AARFwzwAAAAEqBfIAwNb/AAAAAKNuc3CmL2FkbWlug6Vyb29tc5GheKVmbGFnc4CmZXhjZXB0kA==");

        var numbers = await admin.NextAsync("ns");
        Assert.Equal((70_000, 5_000_000_000), (numbers.GetValue<int>(), numbers.GetValue<long>(1)));
        Assert.Equal("1970-01-01T00:00:00.000Z", numbers.GetValue<string>(3));
    }

    [Fact]
    public async Task Nodes_emitter_joins_leaves_and_disconnects_sockets()
    {
        using var client = await EnterAsync(["to-c", "to-b", "end"], ["a"]);
        using var other = await EnterAsync(["end"], ["a", "x"]);
        await _redis.PublishAsync(NodeRequests, """{"type":2,"opts":{"rooms":["a"],"except":[]},"rooms":["b","c"]}""");
        await _redis.PublishAsync(NodeRequests, """{"type":3,"opts":{"rooms":["a"],"except":[]},"rooms":["b"]}""");
        await FlaskAsync("to-b", "\"b\"");
        await FlaskAsync("to-c", "\"c\"");
        await client.NextAsync("to-c");
        Assert.False(client.HasReceived("to-b"));

        await _redis.PublishAsync(NodeRequests, """{"type":4,"opts":{"rooms":["a"],"except":["x"]},"close":true}""");
        await _redis.PublishAsync(NodeRequests, """{"uid":"emitter","type":6,"data":["hello",1]}""");
        await EndAsync();
        await other.NextAsync("end");
        Assert.False(client.HasReceived("end"));
    }

    [Fact]
    public async Task What_python_socketio_emits_reaches_rooms_and_all()
    {
        using var client = await EnterAsync(["all", "one", "none", "list"], ["room"]);
        await _redis.PublishAsync(Flask, """{"method": "emit", "event": "all", "data": [{"a": [1, 2]}], "binary": false, "namespace": "/", "room": null, "skip_sid": null, "callback": null, "host_id": "5c1e4d5c1e4d"}""");
        await _redis.PublishAsync(Flask, """{"method": "emit", "event": "one", "data": ["x", 5, null], "binary": false, "namespace": "/", "room": "room", "skip_sid": "abc", "callback": null, "host_id": "5c1e4d5c1e4d"}""");
        await _redis.PublishAsync(Flask, """{"method": "emit", "event": "none", "data": [null], "binary": false, "namespace": "/", "room": "room", "skip_sid": null, "callback": null, "host_id": "5c1e4d5c1e4d"}""");
        await _redis.PublishAsync(Flask, """{"method": "emit", "event": "list", "data": [[[1, 2]]], "binary": false, "namespace": "/", "room": ["a", "room"], "skip_sid": null, "callback": null, "host_id": "5c1e4d5c1e4d"}""");

        Assert.Equal("""{"a":[1,2]}""", (await client.NextAsync("all")).GetValue<JsonElement>().GetRawText());
        var one = await client.NextAsync("one");
        Assert.Equal(("x", 5, 3), (one.GetValue<string>(), one.GetValue<int>(1), one.Count));
        Assert.Equal(0, (await client.NextAsync("none")).Count);
        Assert.Equal("[[1,2]]", (await client.NextAsync("list")).GetValue<JsonElement>().GetRawText());
    }

    [Fact]
    public async Task What_python_socketio_emits_with_binary_arrives_with_binary()
    {
        using var admin = await new ExampleClient(_program, "admin").ConnectAsync("bin");
        await admin.CallAsync("join", "room");
        await _redis.PublishAsync(Flask, """{"method": "emit", "event": "bin", "data": [[{"deep": [{"_placeholder": true, "num": 0}], "n": 1}], "AAH/"], "binary": true, "namespace": "/admin", "room": "room", "skip_sid": null, "callback": null, "host_id": "5c1e4d5c1e4d"}""");

        var binary = (await admin.NextAsync("bin")).GetValue<Deep>();
        Assert.Equal(new byte[] { 0, 1, 255 }, Assert.Single(binary.Values));
        Assert.Equal(1, binary.N);
    }

    [Fact]
    public async Task Python_socketio_puts_sockets_into_rooms_takes_them_out_and_disconnects_them()
    {
        using var client = await EnterAsync("entered", "closed", "end");
        using var other = await EnterAsync("end");
        await _redis.PublishAsync(Flask, $$"""{"method": "enter_room", "sid": "{{client.Id}}", "room": "r", "namespace": "/", "host_id": "5c1e4d5c1e4d"}""");
        await FlaskAsync("entered", "\"r\"");
        await client.NextAsync("entered");

        await _redis.PublishAsync(Flask, """{"method": "close_room", "room": "r", "namespace": "/", "host_id": "5c1e4d5c1e4d"}""");
        await FlaskAsync("closed", "\"r\"");
        await _redis.PublishAsync(Flask, $$"""{"method": "disconnect", "sid": "{{client.Id}}", "namespace": "/", "host_id": "5c1e4d5c1e4d"}""");
        await EndAsync();
        await other.NextAsync("end");
        Assert.False(client.HasReceived("closed"));
        Assert.False(client.HasReceived("end"));
    }

    [Fact]
    public async Task What_is_pickled_or_damaged_is_refused_and_the_next_message_is_carried_out()
    {
        using var client = await EnterAsync("x", "end");

        // {'method': 'emit', 'event': 'x', 'data': [1], 'room': None, ...} as python-socketio 5.13 pickled it.
        await _redis.PublishAsync(Flask, Convert.FromBase64String(
            "gASVawAAAAAAAAB9lCiMBm1ldGhvZJSMBGVtaXSUjAVldmVudJSMAXiUjARkYXRhlF2USwFhjAluYW1lc3BhY2WUjAEvlIwEcm9vbZROjAhza2lwX3NpZJROjAhjYWxsYmFja5ROjAdob3N0X2lklIwBaJR1Lg=="));
        string[] damaged =
        [
            "", "null", "[]", "{", """{"method":5}""", """{"method":"emit"}""", """{"method":"emit","event":null,"data":[1],"room":null}""",
            """{"method":"emit","event":"x","data":1,"room":null}""", """{"method":"emit","event":"x","data":[1],"room":[null]}""",
            """{"method":"emit","event":"connect","data":[1],"room":null}""", """{"method":"emit","event":"x","data":[1],"namespace":"/made-up","room":null}""",
            """{"method":"emit","event":"x","data":[[{"_placeholder":true,"num":3}]],"binary":true,"room":null}""",
        ];
        foreach (var message in damaged)
        {
            await _redis.PublishAsync(Flask, message);
            await _redis.PublishAsync(NodeRequests, message);
            await _redis.PublishAsync("socket.io#/#", message);
        }

        await NodeAsync("socket.io#/#", "3f////8=");
        await NodeAsync("socket.io#/#", Convert.ToBase64String([.. Enumerable.Repeat((byte)0x91, 100_000)]));
        await EndAsync();
        await client.NextAsync("end");
        Assert.False(client.HasReceived("x"));
    }

    [Fact]
    public async Task A_lost_connection_is_made_again()
    {
        using var client = await EnterAsync("end");
        await _redis.SendAsync("-ERR whatever\r\n"u8.ToArray());
        await _redis.SubscribedAsync();

        await EndAsync();
        await client.NextAsync("end");
    }

    private static FakeRedis Redis() => new();

    private Task<ExampleClient> EnterAsync(params string[] events) => EnterAsync(events, []);

    private async Task<ExampleClient> EnterAsync(string[] events, string[] rooms)
    {
        var client = await new ExampleClient(_program).ConnectAsync(events);
        foreach (var room in rooms)
        {
            await client.CallAsync("join", room);
        }

        return client;
    }

    private Task NodeAsync(string channel, string base64) => _redis.PublishAsync(channel, Convert.FromBase64String(base64));

    private Task FlaskAsync(string eventName, string room) => _redis.PublishAsync(
        Flask, $$"""{"method": "emit", "event": "{{eventName}}", "data": [1], "binary": false, "namespace": "/", "room": {{room}}, "skip_sid": null}""");

    private Task EndAsync() => FlaskAsync("end", "null");

    private sealed record Deep(
        [property: System.Text.Json.Serialization.JsonPropertyName("deep")] IReadOnlyList<byte[]> Values,
        [property: System.Text.Json.Serialization.JsonPropertyName("n")] int N = 0);
}
