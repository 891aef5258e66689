using System.Runtime.CompilerServices;
using System.Text;
using AkkaChat.Delivery;
using AkkaChat.Logs.Clustered;
using AkkaChat.Sockets;

namespace AkkaChat.Nodes;

/// <summary>
/// Does what other nodes ask of this one, with the sockets of this one only. What the other node could get wrong is no
/// error: a namespace that is not here has nobody in it. Thread-safe.
/// </summary>
internal sealed class NodeRequestHandler(AkkaChatServer server)
{
    private readonly LogRequests _logs = new(server.Logs);

    /// <summary>
    /// The parts of the answer. A delivery has been done, and what changes a log has its place, when this returns, so that they
    /// keep their order.
    /// </summary>
    public IAsyncEnumerable<NodeReply> HandleAsync(NodeRequest request, CancellationToken cancellationToken)
    {
        var begun = request switch
        {
            NodeRequest.Deliver deliver => Task.FromResult(Deliver(deliver)),
            NodeRequest.PresencePush push => Task.FromResult(Take(push)),
            NodeRequest.Log log => _logs.AnswerAsync(log.Request),
            _ => null,
        };
        return AnswerAsync(request, begun, cancellationToken);
    }

    /// <summary>What is not a delivery, handlers of the application's among it, runs when the answer is read.</summary>
    private async IAsyncEnumerable<NodeReply> AnswerAsync(
        NodeRequest request, Task<IEnumerable<NodeReply>>? begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var reply in await (begun ?? TryAnswerAsync(request, cancellationToken)))
        {
            yield return reply;
        }
    }

    private IEnumerable<NodeReply> Deliver(NodeRequest.Deliver request)
    {
        try
        {
            if (server.FindNamespace(request.Namespace) is { } owner)
            {
                server.Foreign.Deliver(request.Content, request.Ids.Select(owner.Find).OfType<Socket>());
            }

            return [];
        }
        catch (Exception exception)
        {
            return Failed(request, exception);
        }
    }

    private IEnumerable<NodeReply> Take(NodeRequest.PresencePush push)
    {
        server.Presence.Peers.Take(push);
        return [];
    }

    private async Task<IEnumerable<NodeReply>> TryAnswerAsync(NodeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request switch
            {
                NodeRequest.Select select => await SelectAsync(select, cancellationToken),
                NodeRequest.CollectReceipt collect => await CollectAsync(collect, cancellationToken),
                NodeRequest.ServerEvent @event => await AnswerAsync(@event),
                NodeRequest.ListRooms list => ListRooms(list),
                NodeRequest.PresencePull pull => server.Presence.Peers.Answer(pull),
                NodeRequest.Load => [new NodeReply.Load(await LoadAsync(cancellationToken))],
                _ => [],
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception exception)
        {
            return Failed(request, exception);
        }
    }

    private IEnumerable<NodeReply> Failed(NodeRequest request, Exception exception)
    {
        server.Log.NodeRequestFailed(exception, request.GetType().Name);
        return [new NodeReply.Failed(server.Incarnation, exception.Message)];
    }

    private async Task<IEnumerable<NodeReply>> SelectAsync(NodeRequest.Select request, CancellationToken cancellationToken)
    {
        if (server.FindNamespace(request.Namespace) is not { } owner)
        {
            return [];
        }

        var selection = new Selection(owner, request.Names?.ToArray(), [.. request.Exceptions], null, EmitOptions.Default) { IsLocal = true };
        var sockets = new SelectedSockets(selection);
        if (request.Purpose is SelectionPurpose.Count or SelectionPurpose.Ids or SelectionPurpose.Sockets)
        {
            return Describe(request.Purpose, await sockets.CollectAsync(cancellationToken), owner);
        }

        await ActAsync(request, sockets);
        return [];
    }

    private static IEnumerable<NodeReply> Describe(SelectionPurpose purpose, IReadOnlyCollection<Socket> sockets, Namespace owner) => purpose switch
    {
        SelectionPurpose.Count => [new NodeReply.Count(sockets.Count)],
        SelectionPurpose.Ids => Pages.Of(sockets.Select(socket => socket.Id), id => id.Length).Select(page => new NodeReply.Ids(page)),
        _ => Pages.Of(sockets.Select(socket => SocketRecord.Of(socket, owner.Serializer)), record => record.Size)
            .Select(page => new NodeReply.Sockets(page)),
    };

    private static Task ActAsync(NodeRequest.Select request, SelectedSockets sockets) => request.Purpose switch
    {
        SelectionPurpose.Join => sockets.JoinAsync(request.Rooms),
        SelectionPurpose.Leave => sockets.LeaveAsync(request.Rooms),
        SelectionPurpose.Disconnect => sockets.DisconnectAsync(close: false),
        SelectionPurpose.Close => sockets.DisconnectAsync(close: true),
        _ => Task.CompletedTask,
    };

    private async Task<IEnumerable<NodeReply>> CollectAsync(NodeRequest.CollectReceipt request, CancellationToken cancellationToken)
    {
        var began = server.Time.GetTimestamp();
        if (server.FindNamespace(request.Namespace) is { } owner)
        {
            await DeliveredAsync(owner, request, cancellationToken);
        }

        if (server.Foreign.Receipts.Take(request.Id) is not { } recipients)
        {
            return [];
        }

        var left = request.Limit - server.Time.GetElapsedTime(began);
        var acks = await recipients.CollectAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, server.Time, cancellationToken);
        var pages = Pages.Of(acks, ack => ack.SocketId.Length + ack.Arguments.Size).Select(page => new NodeReply.Receipt(0, page));
        return pages.Prepend<NodeReply>(new NodeReply.Receipt(recipients.Count, []));
    }

    /// <summary>Fails at the limit: then nobody knows who is still going to get it.</summary>
    private async Task DeliveredAsync(Namespace owner, NodeRequest.CollectReceipt request, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var all = request.Places.Select(place => owner.Rooms.WhenDeliveredAsync(place.Room, place.Sequence, waiting.Token));
            await Task.WhenAll(all).WaitAsync(request.Limit, server.Time, cancellationToken);
        }
        finally
        {
            await waiting.CancelAsync();
        }
    }

    private async Task<IEnumerable<NodeReply>> AnswerAsync(NodeRequest.ServerEvent request) =>
        server.FindNamespace(request.Namespace) is { } owner
        && await owner.AnswerServerEventAsync(request.EventName, request.Arguments) is { } answer
            ? [new NodeReply.ServerAnswer(answer)]
            : [];

    private IEnumerable<NodeReply> ListRooms(NodeRequest.ListRooms request)
    {
        if (server.FindNamespace(request.Namespace) is not { } owner)
        {
            return [];
        }

        var rooms = owner.Census.List(request.After, request.Prefix, Math.Clamp(request.Limit, 1, RoomListing.MostPerPage));
        return Pages.Of(rooms, room => Encoding.UTF8.GetByteCount(room.Name)).Select(page => new NodeReply.Rooms(page));
    }

    private async Task<NodeLoad> LoadAsync(CancellationToken cancellationToken)
    {
        var owned = await server.OwnedRooms(cancellationToken);
        var namespaces = server.Namespaces.ToList();
        return new NodeLoad(
            server.SessionCount, namespaces.Sum(one => one.SocketCount), namespaces.Sum(one => one.Census.Count), owned.Shards, owned.Rooms);
    }
}
