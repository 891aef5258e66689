using AkkaChat.Nodes;

namespace AkkaChat.Delivery;

/// <summary>
/// What can be asked of the sockets that a <see cref="Selection"/> names, and done to them: first here, then on the other
/// nodes, each of which sees to its own sockets.
/// </summary>
internal sealed class SelectedSockets(Selection selection)
{
    private TimeSpan Limit => selection.Namespace.Server.Settings.EmitTimeout;

    public async Task<SocketCount> CountAsync(CancellationToken cancellationToken)
    {
        var here = await CollectAsync(cancellationToken);
        var others = await AskAsync(SelectionPurpose.Count, [], cancellationToken);
        return new SocketCount(here.Count + others.Replies.OfType<NodeReply.Count>().Sum(count => count.Number), others.Missing);
    }

    public async Task<Gathered<string>> IdsAsync(CancellationToken cancellationToken)
    {
        var here = await CollectAsync(cancellationToken);
        var others = await AskAsync(SelectionPurpose.Ids, [], cancellationToken);
        var elsewhere = others.Replies.OfType<NodeReply.Ids>().SelectMany(ids => ids.All);
        return new Gathered<string>([.. here.Select(socket => socket.Id), .. elsewhere], others.Missing);
    }

    public async Task<Gathered<RemoteSocket>> FetchAsync(CancellationToken cancellationToken)
    {
        var here = await CollectAsync(cancellationToken);
        var others = await AskAsync(SelectionPurpose.Sockets, [], cancellationToken);
        var elsewhere = others.Replies.OfType<NodeReply.Sockets>().SelectMany(sockets => sockets.All);
        return new Gathered<RemoteSocket>(
            [.. here.Select(socket => new RemoteSocket(socket)), .. elsewhere.Select(record => new RemoteSocket(selection.Namespace, record))],
            others.Missing);
    }

    public Task JoinAsync(IReadOnlyList<string> rooms) =>
        DoAsync(SelectionPurpose.Join, rooms, socket => Task.WhenAll(rooms.Select(socket.JoinAsync)));

    public Task LeaveAsync(IReadOnlyList<string> rooms) =>
        DoAsync(SelectionPurpose.Leave, rooms, socket => Task.WhenAll(rooms.Select(socket.LeaveAsync)));

    public Task DisconnectAsync(bool close) =>
        DoAsync(close ? SelectionPurpose.Close : SelectionPurpose.Disconnect, [], socket => socket.DisconnectAsync(close));

    /// <summary>Those of this node.</summary>
    public async Task<IReadOnlyCollection<Socket>> CollectAsync(CancellationToken cancellationToken)
    {
        var collection = new SocketCollection(selection);
        await OperationScope.Run(collection).WaitAsync(cancellationToken);
        return collection.Sockets;
    }

    /// <summary>All do it that can, then whoever asked hears of those that could not.</summary>
    private async Task DoAsync(SelectionPurpose purpose, IReadOnlyList<string> rooms, Func<Socket, Task> act)
    {
        var here = ActAsync(await CollectAsync(CancellationToken.None), act);
        var others = await AskAsync(purpose, rooms, CancellationToken.None);
        await here;
        others.ThrowIfMissing($"have not answered within {Limit.TotalSeconds:0.###} s, and nobody knows whether they did it");
    }

    /// <summary>All at once: where one has to wait for a room, the others need not wait behind it.</summary>
    private static Task ActAsync(IEnumerable<Socket> sockets, Func<Socket, Task> act) =>
        Task.WhenAll(sockets.Select(async socket => await act(socket)));

    private Task<PeerAnswers> AskAsync(SelectionPurpose purpose, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
    {
        string[] exceptions = selection.Self is { } self ? [.. selection.Exceptions, self.Id] : selection.Exceptions;
        var request = new NodeRequest.Select(selection.Namespace.Name, selection.Names, exceptions, purpose, rooms);
        return selection.AskOthersAsync(request, Limit, cancellationToken);
    }
}
