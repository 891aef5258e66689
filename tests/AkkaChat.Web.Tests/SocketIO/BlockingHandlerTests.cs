using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>Handlers should await. One that blocks its thread costs that thread, and harms nobody else.</summary>
public sealed class BlockingHandlerTests : IDisposable
{
    private readonly ManualResetEventSlim _mayGoOn = new();

    [Fact]
    public async Task While_a_handler_blocks_after_an_emit_others_join_and_hear_of_it()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.On("join", (Socket socket) => socket.JoinAsync("room"));
            io.On("block", (Socket socket) =>
            {
                _ = socket.To("room").EmitAsync("told");
                _mayGoOn.Wait(Limit.Patience);
            });
        });
        var blocked = await server.JoinAsync();
        var other = await server.JoinAsync();
        await other.SendAsync("420[\"join\"]");
        await other.ExpectAsync("430[]");

        await blocked.SendAsync("421[\"block\"]");
        await other.ExpectAsync("42[\"told\"]");
        var third = await server.JoinAsync();
        await third.SendAsync("420[\"join\"]");
        await third.ExpectAsync("430[]");

        _mayGoOn.Set();
        await blocked.ExpectAsync("431[]");
    }

    [Fact]
    public async Task What_a_handler_emits_before_it_blocks_arrives_meanwhile()
    {
        await using var server = await TestServer.StartAsync(io => io.On("block", (Socket socket) =>
        {
            _ = socket.EmitAsync("now");
            _mayGoOn.Wait(Limit.Patience);
        }));
        var client = await server.JoinAsync();

        await client.SendAsync("420[\"block\"]");
        await client.ExpectAsync("42[\"now\"]");
        _mayGoOn.Set();
        await client.ExpectAsync("430[]");
    }

    public void Dispose() => _mayGoOn.Dispose();
}
