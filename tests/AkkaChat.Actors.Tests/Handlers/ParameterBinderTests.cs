using System.Security.Claims;
using System.Text.Json;
using AkkaChat.Handlers;

namespace AkkaChat.Tests.Handlers;

/// <summary>Where the values of a handler's parameters come from.</summary>
public sealed class ParameterBinderTests : IDisposable
{
    private readonly HandlerRunner _runner = new();

    private enum Color
    {
        Red,
        Green,
    }

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task Arguments_are_read_as_the_parameters_types_in_order()
    {
        var result = await _runner.CallAsync(
            (int number, string text, bool flag, double half, string[] list) => (number, text, flag, half, list.Length),
            "1", "\"two\"", "true", "0.5", "[\"a\",\"b\"]");

        Assert.Equal((1, "two", true, 0.5, 2), result);
    }

    [Fact]
    public async Task Records_structs_dictionaries_and_raw_JSON_bind()
    {
        Assert.Equal(new Point(1, 2), await _runner.CallAsync((Point point) => point, """{"x":1,"y":2}"""));
        Assert.Equal("ann", await _runner.CallAsync((Message message) => message.From, """{"from":"ann","text":"t"}"""));
        Assert.Equal(7, await _runner.CallAsync((Dictionary<string, int> map) => map["a"], """{"a":7}"""));
        Assert.Equal("[1]", await _runner.CallAsync((JsonElement json) => json.GetRawText(), "[1]"));
        Assert.Equal(Color.Green, await _runner.CallAsync((Color color) => color, "1"));
        Assert.Equal(Guid.Empty, await _runner.CallAsync((Guid id) => id, $"\"{Guid.Empty}\""));
    }

    [Fact]
    public async Task Binary_binds_to_bytes()
    {
        const string Placeholder = """{"_placeholder":true,"num":0}""";
        _runner.Attachments.Add(new byte[] { 1, 2 });

        Assert.Equal(new byte[] { 1, 2 }, await _runner.CallAsync((byte[] bytes) => bytes, Placeholder));
        Assert.Equal(2, await _runner.CallAsync((ReadOnlyMemory<byte> bytes) => bytes.Length, Placeholder));
        Assert.Equal(2, await _runner.CallAsync((Memory<byte> bytes) => bytes.Length, Placeholder));
        Assert.Equal(true, await _runner.CallAsync((EventArgument raw) => raw.IsBinary, Placeholder));
        Assert.Equal(2, await _runner.CallAsync((WithBytes part) => part.Data.Length, $$"""{"data":{{Placeholder}}}"""));
    }

    [Fact]
    public async Task A_parameter_that_is_nullable_or_has_a_default_may_be_missing()
    {
        Assert.Equal(((int?)null, (string?)null, (Point?)null), await _runner.CallAsync(
            (int? number, string? text, Point? point) => (number, text, point)));
        Assert.Equal((5, "d", Color.Green, 1.5m, 'c'), await _runner.CallAsync(
            (int number = 5, string text = "d", Color color = Color.Green, decimal money = 1.5m, char sign = 'c') =>
                (number, text, color, money, sign)));
        Assert.Equal(((Color?)Color.Green, (long?)7, Guid.Empty), await _runner.CallAsync(
            (Color? color = Color.Green, long? number = 7, Guid id = default) => (color, number, id)));
    }

    [Fact]
    public async Task What_is_given_wins_over_the_default()
    {
        Assert.Equal((1, "t"), await _runner.CallAsync((int number = 5, string? text = null) => (number, text), "1", "\"t\""));
        Assert.Equal((5, "d"), await _runner.CallAsync(TakeDefaults));
    }

    [Fact]
    public async Task Null_binds_to_what_is_nullable_and_not_to_a_number()
    {
        Assert.Null(await _runner.CallAsync((int? number) => number, "null"));
        Assert.Null(await _runner.CallAsync((string? text) => text, "null"));
        Assert.Contains("Int32", await _runner.RefuseArgumentsAsync((int number) => number, "null"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_arguments_than_parameters_are_left_out() =>
        Assert.Equal(1, await _runner.CallAsync((int number) => number, "1", "2", "3"));

    [Fact]
    public async Task A_missing_argument_says_which_and_what_to_do()
    {
        var message = await _runner.RefuseArgumentsAsync((int a, string b) => b, "1");

        Assert.Contains("Event 'x' has 1 argument(s), but parameter 'b' needs argument 2", message, StringComparison.Ordinal);
        Assert.Contains("nullable", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public async Task An_argument_of_another_kind_says_which(string json) => Assert.Contains(
        "Argument 1 of event 'x' is no Int32, as parameter 'number' needs",
        await _runner.RefuseArgumentsAsync((int number) => number, json),
        StringComparison.Ordinal);

    [Fact]
    public async Task What_belongs_to_the_socket_takes_no_argument()
    {
        _runner.Handshake = new Handshake
        {
            Url = "/socket.io/?a=b",
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ann")], "test")),
        };

        var result = await _runner.CallAsync(
            (Socket socket, int first, INamespace nsp, CancellationToken aborted, Handshake handshake,
                ClaimsPrincipal user, EventArguments all, int second) =>
                (socket.Id, first, nsp.Name, aborted == socket.Aborted, handshake.Url, user.Identity!.Name, all.Count, second),
            "1", "2");

        Assert.Equal((_runner.Socket.Id, 1, "/", true, "/socket.io/?a=b", "ann", 2, 2), result);
    }

    [Fact]
    public void What_cannot_be_bound_is_refused_at_registration_and_says_what_can()
    {
        Assert.Contains("'text' is ref, in or out", _runner.Refuse(TakeRef), StringComparison.Ordinal);
        Assert.Contains("'text' is ref, in or out", _runner.Refuse(TakeIn), StringComparison.Ordinal);
        Assert.Contains("'text' is ref, in or out", _runner.Refuse(TakeOut), StringComparison.Ordinal);

        var message = _runner.Refuse((Action callback) => { });
        Assert.StartsWith("Handler of 'x': parameter 'callback'", message);
        Assert.Contains("Accepted are Socket, EventContext, Handshake", message, StringComparison.Ordinal);
        Assert.Contains("cannot be bound", _runner.Refuse((ReadOnlySpan<byte> span) => { }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connect_handler_takes_one_parameter_of_the_auth_payload()
    {
        var bound = _runner.Bind((Socket socket, Message? auth) => auth?.From ?? "none", HandlerKind.Connect);

        Assert.Equal("ann", await _runner.InvokeAsync(bound, """{"from":"ann","text":""}"""));
        Assert.Equal("none", await _runner.InvokeAsync(bound));
        Assert.Contains(
            "one parameter of any JSON type for the auth payload",
            _runner.Refuse((int a, int b) => { }, HandlerKind.Connect),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disconnect_handler_takes_the_reason_and_no_arguments()
    {
        _runner.Reason = "transport close";
        var bound = _runner.Bind((Socket socket, string reason) => reason, HandlerKind.Disconnect);

        Assert.Equal("transport close", await _runner.InvokeAsync(bound));
        Assert.Contains(
            "a string for the reason", _runner.Refuse((int number) => { }, HandlerKind.Disconnect), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be bound", _runner.Refuse((EventArguments all) => { }, HandlerKind.Disconnect), StringComparison.Ordinal);
    }

    private static (int Number, string Text) TakeDefaults(int number = 5, string text = "d") => (number, text);

    private static void TakeRef(ref string text)
    {
    }

    private static void TakeIn(in int text)
    {
    }

    private static void TakeOut(out string text) => text = "";

    private sealed record Message(string From, string Text);

    private readonly record struct Point(int X, int Y);

    private sealed record WithBytes(byte[] Data);
}
