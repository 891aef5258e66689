using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Transports;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.EngineIO;

/// <summary>Clients that are gone before their session is there leave nothing behind.</summary>
public sealed class AbandonedSessionTests
{
    [Fact]
    public async Task A_session_whose_client_went_while_it_was_opened_ends()
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync();
        var core = server.Services.GetRequiredService<AkkaChatServer>();

        for (var attempt = 0; attempt < 50; attempt++)
        {
            await OpenAndGoAsync(core, reasons);
            Assert.Equal("transport close", await reasons.NextAsync());
        }

        Assert.Equal(0, server.SessionCount);
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task Many_that_break_off_at_once_are_all_noticed(string bridge)
    {
        await using var server = await TestServer.StartAsync(options: options => Bridges.Choose(options, bridge));

        await Parallel.ForAsync(0, 200, async (_, _) => (await RawFrames.OpenAsync(server.Host)).Reset());
        for (var client = 0; client < 200; client++)
        {
            Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
        }
    }

    /// <summary>The session may be open before the cancelled wait begins; then it is closed in the usual way.</summary>
    private static async Task OpenAndGoAsync(AkkaChatServer core, Recorder<string> reasons)
    {
        try
        {
            var session = await core.OpenSessionAsync(
                new Handshake(),
                session => session.Polling = new PollingTransport(session.Outbox),
                host => new EngineConnection(core, host, socket => socket.OnClose(reasons.Add)),
                EngineTransport.Polling,
                new CancellationToken(canceled: true));
            session!.Close(CloseReason.TransportClose);
        }
        catch (OperationCanceledException)
        {
            // As a request does whose client has gone.
        }
    }
}
