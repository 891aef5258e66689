using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Api;

/// <summary>What an operator reads in the log.</summary>
public sealed class LogTests : IDisposable
{
    private readonly RecordingLogs _logs = new();

    [Fact]
    public async Task Sessions_come_and_go_in_debug_messages_that_hold_no_id_to_enter_by()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync();
        var opened = await _logs.NextWithAsync("opened by");
        await client.CloseAsync();
        var closed = await _logs.NextWithAsync("closed:");

        Assert.StartsWith("AkkaChat.Server Debug: Session ", opened, StringComparison.Ordinal);
        Assert.EndsWith("closed: transport close.", closed, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Sid, opened + closed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_is_an_error_with_its_exception()
    {
        await using var server = await StartAsync(io => io.On("fail", object () => throw new InvalidOperationException("broken")));
        var client = await server.JoinAsync();
        await client.SendAsync("""42["fail"]""");

        var line = await _logs.NextWithAsync("failed");
        Assert.StartsWith("AkkaChat.Server Error: The handler of 'fail' in namespace / failed", line, StringComparison.Ordinal);
        Assert.EndsWith("<- broken", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_requests_refused_for_the_same_reason_the_first_is_a_warning_and_the_others_are_for_debugging()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Host}/socket.io/") };
        string[] queries = ["?EIO=2&transport=polling", "?EIO=2&transport=polling", "?EIO=4&transport=pigeon"];
        foreach (var query in queries)
        {
            await http.GetAsync(query).Soon();
        }

        Assert.StartsWith("AkkaChat.Server Warning: GET /socket.io/", await _logs.NextWithAsync("Unsupported protocol version"), StringComparison.Ordinal);
        Assert.StartsWith("AkkaChat.Server Debug: GET /socket.io/", await _logs.NextWithAsync("Unsupported protocol version"), StringComparison.Ordinal);
        Assert.StartsWith("AkkaChat.Server Warning: GET /socket.io/", await _logs.NextWithAsync("Transport unknown"), StringComparison.Ordinal);
    }

    public void Dispose() => _logs.Dispose();

    private Task<TestServer> StartAsync(Action<IAkkaChat>? map = null) => TestServer.StartAsync(
        map,
        build: builder =>
        {
            builder.Logging.AddProvider(_logs);
            builder.Logging.SetMinimumLevel(LogLevel.Debug);
        });
}
