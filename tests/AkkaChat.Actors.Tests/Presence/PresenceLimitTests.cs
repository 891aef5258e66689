using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Presence;

/// <summary>What may not be said of a socket.</summary>
public sealed class PresenceLimitTests : IAsyncLifetime
{
    private readonly TestServer _server = TestServer.Start();
    private Socket _socket = null!;

    private IRoomPresence Team => _server.Io.PresenceOf("team");

    public async Task InitializeAsync() => _socket = _server.Io.Find((await _server.ConnectAsync()).Id)!;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Fields_of_1024_bytes_are_taken_and_one_more_is_not()
    {
        await Team.TrackAsync(_socket, new { text = new string('x', 1024 - 11) }, "ann").EndInTime();

        var refused = Assert.Throws<ArgumentException>(() => { _ = Team.UpdateAsync(_socket, new { text = new string('x', 1024 - 10) }); });
        Assert.Contains("1025 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_are_no_object_or_have_binary_or_a_ref_are_refused()
    {
        object[] wrong = [1, "text", new[] { 1 }, new { picture = new byte[] { 1 } }, new byte[] { 1 }, new { @ref = 1 }];
        Assert.All(wrong, meta => Assert.Throws<ArgumentException>(() => { _ = Team.TrackAsync(_socket, meta, "ann"); }));
        Assert.Empty(_server.Main.Presence.All);
    }

    [Fact]
    public async Task A_ref_deeper_down_is_the_applications()
    {
        await Team.TrackAsync(_socket, new { inner = new { @ref = 1 } }, "ann").EndInTime();

        Assert.EndsWith(",\"inner\":{\"ref\":1}}", Assert.Single(await Team.ReadAsync().EndInTime()).Metas[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_no_text_are_refused() =>
        Assert.All(["", "a\0b", "\ud800"], key => Assert.Throws<ArgumentException>(() => { _ = Team.TrackAsync(_socket, null, key); }));

    [Fact]
    public void Keys_that_are_too_long_and_no_key_at_all_are_refused()
    {
        Assert.Throws<ArgumentException>(() => { _ = Team.TrackAsync(_socket, null, new string('k', 513)); });
        var refused = Assert.Throws<ArgumentException>(() => { _ = Team.TrackAsync(_socket); });
        Assert.Contains("a key has to be given", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rooms_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _server.Io.PresenceOf(""));
        Assert.Throws<ArgumentException>(() => _server.Io.PresenceOf(_socket.Id));
        Assert.Throws<ArgumentException>(() => _server.Io.PresenceOf(new string('r', 513)));
    }

    [Fact]
    public async Task An_update_of_a_socket_that_is_not_tracked_fails() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Team.UpdateAsync(_socket, null).EndInTime());

    [Fact]
    public async Task After_the_disconnect_nothing_has_an_effect()
    {
        await _socket.DisconnectAsync().EndInTime();

        await Team.TrackAsync(_socket, null, "ann").EndInTime();
        await Team.UpdateAsync(_socket, null).EndInTime();
        await Team.UntrackAsync(_socket).EndInTime();

        Assert.Empty(_server.Main.Presence.All);
        Assert.Empty(await Team.ReadAsync().EndInTime());
    }
}
