using AkkaChat.Nodes;

namespace AkkaChat.Web.Api;

/// <summary>What the API does, by way of what applications have too. Each throws <see cref="ApiException"/> for a bad request.</summary>
internal sealed class ApiOperations(AkkaChatServer server, ApiTargets targets, IClusterStatus cluster)
{
    private const int ShortestTimeout = 10;
    private const int LongestTimeout = 3_600_000;

    public async Task<EmitResponse> EmitAsync(EmitRequest request)
    {
        RefuseUnknown(request, "event", "args", "volatile");
        var name = targets.Event(request.Event);
        var arguments = ApiArguments.Read(request.Args, server.Serializer);
        var target = await targets.SelectAsync(request);
        var reached = await (request.Volatile ? target.Volatile : target).EmitCountedAsync(name, arguments);
        return new EmitResponse(reached.Sockets, reached.MissingNodes);
    }

    public async Task<CallResponse> CallAsync(CallRequest request)
    {
        RefuseUnknown(request, "event", "args", "timeoutMs");
        var name = targets.Event(request.Event);
        var arguments = ApiArguments.Read(request.Args, server.Serializer);
        var target = await targets.SelectAsync(request);
        if (request.TimeoutMs is { } milliseconds)
        {
            target = milliseconds is >= ShortestTimeout and <= LongestTimeout
                ? target.WithTimeout(TimeSpan.FromMilliseconds(milliseconds))
                : throw ApiFields.Wrong("timeoutMs");
        }

        var outcomes = await target.CallAsync<EventArguments>(name, arguments);
        return new CallResponse([.. outcomes.Select(Outcome)], outcomes.MissingNodes);
    }

    public async Task<DoneResponse> JoinAsync(JoinRequest request)
    {
        RefuseUnknown(request, "join");
        var rooms = targets.Rooms(request.Join, "join");
        await (await targets.SelectAsync(request)).JoinAllAsync(rooms);
        return new DoneResponse();
    }

    public async Task<DoneResponse> LeaveAsync(LeaveRequest request)
    {
        RefuseUnknown(request, "leave");
        var rooms = targets.Rooms(request.Leave, "leave");
        await (await targets.SelectAsync(request)).LeaveAllAsync(rooms);
        return new DoneResponse();
    }

    public async Task<DoneResponse> DisconnectAsync(DisconnectRequest request)
    {
        RefuseUnknown(request, "close");
        await (await targets.SelectAsync(request)).DisconnectAllAsync(request.Close);
        return new DoneResponse();
    }

    public async Task<CountResponse> CountAsync(ApiQuery query, CancellationToken cancellationToken)
    {
        var count = await (await targets.SelectAsync(query)).CountAsync(cancellationToken);
        return new CountResponse(count.Sockets, count.MissingNodes);
    }

    /// <summary>One page; all sockets that are meant are fetched for it, since each node has its own.</summary>
    public async Task<SocketsResponse> SocketsAsync(ApiQuery query, CancellationToken cancellationToken)
    {
        var (after, limit) = (query.Text("after") ?? "", query.Limit);
        var all = await (await targets.SelectAsync(query)).FetchSocketsAsync(cancellationToken);
        var rest = all.Where(socket => string.CompareOrdinal(socket.Id, after) > 0).OrderBy(socket => socket.Id, StringComparer.Ordinal).ToList();
        var page = rest.Take(limit).Select(socket => new SocketResponse(
            socket.Id, socket.UserId, [.. socket.Rooms.Order(StringComparer.Ordinal)], socket.Handshake.Time)).ToList();
        return new SocketsResponse(page, rest.Count > limit ? page[^1].Id : null, all.MissingNodes);
    }

    /// <summary>One page. A full one may be the last, and then the next is empty.</summary>
    public async Task<RoomsResponse> RoomsAsync(ApiQuery query, CancellationToken cancellationToken)
    {
        var limit = query.Limit;
        var all = await targets.NamespaceAsync(query.Text("namespace"));
        var rooms = await all.RoomsAsync(query.Text("after"), limit, query.Text("prefix"), cancellationToken);
        return new RoomsResponse(rooms, rooms.Count == limit ? rooms[^1].Name : null, rooms.MissingNodes);
    }

    public async Task<ClusterReport> ClusterAsync(CancellationToken cancellationToken) =>
        await cluster.ReportAsync(cancellationToken);

    private static OutcomeResponse Outcome(CallOutcome<EventArguments> outcome) => new(
        outcome.SocketId,
        outcome.Result,
        outcome.Result == CallResult.Acknowledged ? [.. outcome.Value!.Select(ApiArguments.Write)] : null);

    private static void RefuseUnknown(TargetRequest request, params IEnumerable<string> own) => ApiFields.RefuseUnknown(
        request.Unknown?.Keys, [.. own, "namespace", "rooms", "users", "socketIds", "everybody", "except"]);
}
