using System.Net;
using System.Text;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

/// <summary>Requests of the HTTP API that are wrong: each is refused, does nothing, and says what would be right.</summary>
public sealed class HttpApiBadInputTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ApiClient _api = null!;
    private Member _member = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiClient.StartServerAsync(settings: [("max-payload", "4KiB"), ("max-name-length", "16"), ("max-json-depth", "8")]);
        _api = ApiClient.For(_server);
        _member = await Member.JoinAsync(_server);
    }

    public async Task DisposeAsync()
    {
        await _member.SeesNothingAsync();
        await _api.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("emit", "", null, "not a JSON object")]
    [InlineData("emit", "null", null, "not a JSON object")]
    [InlineData("emit", "[]", null, "not a JSON object")]
    [InlineData("emit", "{", null, "not a JSON object")]
    [InlineData("emit", """{"everybody":true}""", "event", "a text that is not empty")]
    [InlineData("emit", """{"everybody":true,"event":""}""", "event", "a text that is not empty")]
    [InlineData("emit", """{"everybody":true,"event":7}""", "event", "a text that is not empty")]
    [InlineData("emit", """{"everybody":true,"event":"disconnect"}""", "event", "reserved")]
    [InlineData("emit", """{"everybody":true,"event":"seventeen letters"}""", "event", "16 bytes")]
    [InlineData("emit", """{"everybody":1,"event":"x"}""", "everybody", "true or false")]
    [InlineData("emit", """{"everybody":true,"volatile":"yes","event":"x"}""", "volatile", "true or false")]
    [InlineData("emit", """{"everybody":true,"event":"x","args":{"a":1}}""", "args", "a list of JSON values")]
    [InlineData("emit", """{"everybody":true,"event":"x","args":[{"$base64":"*"}]}""", "args[0]", "not base64")]
    [InlineData("emit", """{"everybody":true,"event":"x","args":[{"$base64":""},{"a":{"_placeholder":1}}]}""", "args[1]", "_placeholder")]
    [InlineData("emit", """{"everybody":true,"event":"x","event":"y"}""", "event", "a text")]
    [InlineData("emit", """{"everybody":true,"event":"x","evrybody":true}""", "evrybody", "everybody")]
    [InlineData("emit", """{"rooms":"r","event":"x"}""", "rooms", "a list of texts")]
    [InlineData("emit", """{"rooms":["r",5],"event":"x"}""", "rooms[1]", "a list of texts")]
    [InlineData("emit", """{"rooms":["r",""],"event":"x"}""", "rooms[1]", "a list of texts")]
    [InlineData("emit", """{"rooms":[null],"event":"x"}""", "rooms[0]", "a list of texts")]
    [InlineData("emit", """{"rooms":["\u0000ana"],"event":"x"}""", "rooms[0]", "U+0000")]
    [InlineData("emit", """{"rooms":["ääääääääö"],"event":"x"}""", "rooms[0]", "16 bytes")]
    [InlineData("emit", """{"rooms":["\ud800"],"event":"x"}""", "rooms[0]", "a list of texts")]
    [InlineData("emit", """{"users":[""],"event":"x"}""", "users[0]", "a list of texts")]
    [InlineData("emit", """{"everybody":true,"except":["\u0000ana"],"event":"x"}""", "except[0]", "U+0000")]
    [InlineData("emit", """{"socketIds":["room"],"event":"x"}""", "socketIds[0]", "socket.id")]
    [InlineData("emit", """{"namespace":5,"everybody":true,"event":"x"}""", "namespace", "/admin")]
    [InlineData("call", """{"everybody":true,"event":"x","timeoutMs":9}""", "timeoutMs", "from 10 to 3600000")]
    [InlineData("call", """{"everybody":true,"event":"x","timeoutMs":3600001}""", "timeoutMs", "from 10 to 3600000")]
    [InlineData("call", """{"everybody":true,"event":"x","timeoutMs":1.5}""", "timeoutMs", "from 10 to 3600000")]
    [InlineData("join", """{"everybody":true}""", "join", "a list of texts")]
    [InlineData("join", """{"everybody":true,"join":["\u0000ana"]}""", "join[0]", "U+0000")]
    [InlineData("join", """{"everybody":true,"leave":["a"]}""", "leave", "Accepted: join")]
    [InlineData("leave", """{"everybody":true,"leave":[""]}""", "leave[0]", "a list of texts")]
    [InlineData("disconnect", "{}", "everybody", "Nobody is named")]
    [InlineData("disconnect", """{"everybody":true,"event":"x"}""", "event", "close")]
    [InlineData("batch", "{}", "commands", "a list of up to 1000")]
    [InlineData("batch", """{"commands":[{"emit":{},"call":{}}]}""", "commands[0]", "one member each")]
    [InlineData("batch", """{"commands":[{"emit":{"everybody":true,"event":"x"}},{"emitt":{}}]}""", "commands[1]", "one member each")]
    [InlineData("batch", """{"commands":[null]}""", "commands[0]", "one member each")]
    public async Task A_command_that_is_not_valid_is_not_carried_out(string command, string request, string? field, string words) =>
        (await _api.PostAsync(command, request)).IsProblem(400, field, words);

    [Theory]
    [InlineData("rooms?prefx=a", "prefx", "prefix")]
    [InlineData("rooms?limit=0", "limit", "from 1 to 1000")]
    [InlineData("rooms?limit=1001", "limit", "from 1 to 1000")]
    [InlineData("rooms?limit=ten", "limit", "from 1 to 1000")]
    [InlineData("rooms?after=a&after=b", "after", "one text")]
    [InlineData("sockets?room=", "room[0]", "not empty")]
    [InlineData("sockets/count?user=%00ana", "user[0]", "U+0000")]
    [InlineData("sockets/count?room=%00ana", "room[0]", "U+0000")]
    [InlineData("cluster?x=1", "x", "")]
    public async Task A_question_that_is_not_valid_is_not_answered(string question, string field, string words) =>
        (await _api.GetAsync(question)).IsProblem(400, field, words);

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_not_made()
    {
        (await _api.PostAsync("emit", """{"namespace":"/none","everybody":true,"event":"x"}""")).IsProblem(404, "namespace", "'/none'");
        (await _api.GetAsync("rooms?namespace=none")).IsProblem(404, "namespace", "'/none'");
        Assert.Null(((AkkaChatServer)_server.Services.GetService(typeof(AkkaChatServer))!).FindNamespace("/none"));
    }

    [Fact]
    public async Task A_body_of_exactly_max_payload_is_taken_and_one_byte_more_is_not()
    {
        var request = """{"rooms":["nobody"],"event":"x"}""";

        Assert.Equal(HttpStatusCode.OK, (await _api.PostAsync("emit", request.PadRight(4096))).Status);
        (await _api.PostAsync("emit", request.PadRight(4097))).IsProblem(413, null, "4096 bytes");
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_has_the_same_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "emit")
        {
            Content = new StringContent(new string(' ', 5000), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;

        (await _api.SendAsync(request)).IsProblem(413, null, "4096 bytes");
    }

    [Fact]
    public async Task Arguments_may_be_as_deep_as_clients_may_send_them()
    {
        Assert.Equal(HttpStatusCode.OK, (await _api.PostAsync("emit", Deep(8))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _api.PostAsync("emit", Deep(1000))).Status);
    }

    [Fact]
    public async Task More_binary_than_clients_take_in_one_event_is_refused()
    {
        var binary = string.Join(',', Enumerable.Repeat("""{"$base64":""}""", 11));

        (await _api.PostAsync("emit", $$"""{"everybody":true,"event":"x","args":[{{binary}}]}""")).IsProblem(400, null, "clients take 10");
    }

    [Fact]
    public async Task What_is_not_JSON_in_UTF_8_is_refused()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("""{"rooms":["ä"],"event":"x"}""");

        (await _api.PostAsync("emit", latin1)).IsProblem(400, null, "UTF-8");
        (await _api.PostAsync("emit", "{}"u8.ToArray(), "text/plain")).IsProblem(415, null, "application/json");
        (await _api.PostAsync("emit", "{}"u8.ToArray(), "application/x-www-form-urlencoded")).IsProblem(415, null, "application/json");
    }

    [Fact]
    public async Task A_room_cannot_be_named_as_a_socket_is()
    {
        var request = $$"""{"everybody":true,"join":["a","{{_member.Id}}"]}""";

        // Ids are longer than the names that these tests allow.
        (await _api.PostAsync("join", request)).IsProblem(400, "join[1]", "16 bytes");
    }

    private static string Deep(int depth) =>
        $$"""{"rooms":["nobody"],"event":"x","args":[{{new string('[', depth)}}{{new string(']', depth)}}]}""";
}
