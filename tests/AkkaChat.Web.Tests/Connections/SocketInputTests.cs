using System.Buffers;
using System.Net;
using System.Net.Sockets;
using AkkaChat.Web.Connections;
using AkkaChat.Web.Tests.Support;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Tests.Connections;

public sealed class SocketInputTests : IDisposable
{
    private readonly NetSocket _server;
    private readonly NetSocket _client;

    public SocketInputTests()
    {
        using var listener = new NetSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _client = new NetSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _client.Connect(listener.LocalEndPoint!);
        _server = listener.Accept();
    }

    [Fact]
    public async Task What_came_before_it_was_taken_over_comes_first()
    {
        using var input = new SocketInput(_server, [1, 2], Task.CompletedTask);
        await _client.SendAsync(new byte[] { 3, 4 });

        Assert.Equal([1, 2], input.Unread.ToArray());
        Assert.True(await FillAsync(input));
        Assert.Equal([1, 2, 3, 4], input.Unread.ToArray());
    }

    [Fact]
    public async Task What_is_left_of_a_read_stays_in_front_of_the_next()
    {
        using var input = new SocketInput(_server, [], Task.CompletedTask);
        await _client.SendAsync(new byte[] { 1, 2, 3 });
        await FillAsync(input);
        input.Unread = input.Unread.Slice(2);
        await _client.SendAsync(new byte[] { 4 });
        await FillAsync(input);

        Assert.Equal([3, 4], input.Unread.ToArray());
    }

    [Fact]
    public async Task However_much_comes_and_stays_unread_nothing_of_it_is_lost()
    {
        var sent = Enumerable.Range(0, 200_000).Select(value => (byte)(value % 251)).ToArray();
        using var input = new SocketInput(_server, [], Task.CompletedTask);
        var sending = _client.SendAsync(sent);
        List<byte> received = [];
        while (received.Count < sent.Length)
        {
            Assert.True(await FillAsync(input));

            // A client's frames end anywhere: some bytes stay each time.
            var take = Math.Max(1, input.Unread.Length - 13);
            received.AddRange(input.Unread.Slice(0, received.Count + input.Unread.Length == sent.Length ? input.Unread.Length : take).ToArray());
            input.Unread = input.Unread.Slice(received.Count == sent.Length ? input.Unread.Length : take);
        }

        await sending;
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Nothing_is_read_before_it_is_handed_over()
    {
        var handedOver = new TaskCompletionSource();
        using var input = new SocketInput(_server, [], handedOver.Task);
        await _client.SendAsync(new byte[] { 1 });
        var filling = FillAsync(input);

        Assert.False(filling.IsCompleted);
        Assert.Equal(1, await _server.ReceiveAsync(new byte[1], SocketFlags.Peek));
        handedOver.SetResult();
        Assert.True(await filling);
    }

    [Fact]
    public async Task The_end_of_what_a_client_sends_is_the_end()
    {
        using var input = new SocketInput(_server, [], Task.CompletedTask);
        _client.Shutdown(SocketShutdown.Send);

        Assert.False(await FillAsync(input));
    }

    [Fact]
    public async Task Two_cannot_read_at_once()
    {
        using var input = new SocketInput(_server, [], Task.CompletedTask);
        var first = FillAsync(input);

        await Assert.ThrowsAsync<InvalidOperationException>(() => FillAsync(input));
        await _client.SendAsync(new byte[] { 1 });
        Assert.True(await first);
    }

    [Fact]
    public async Task After_its_end_nothing_can_be_read()
    {
        var input = new SocketInput(_server, [], Task.CompletedTask);
        input.Dispose();

        await Assert.ThrowsAsync<InvalidOperationException>(() => FillAsync(input));
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    private static Task<bool> FillAsync(SocketInput input) => input.FillAsync(CancellationToken.None).AsTask().Soon();
}
