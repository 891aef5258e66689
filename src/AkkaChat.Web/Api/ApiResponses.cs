using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace AkkaChat.Web.Api;

/// <param name="Delivered">The sockets that have it in their outbox.</param>
/// <param name="MissingNodes">Nodes that have not said how many they reached; none as a rule.</param>
internal sealed record EmitResponse(int Delivered, IReadOnlyList<string> MissingNodes);

/// <param name="Outcomes">One for each recipient.</param>
/// <param name="MissingNodes">Nodes whose outcomes are missing.</param>
internal sealed record CallResponse(IReadOnlyList<OutcomeResponse> Outcomes, IReadOnlyList<string> MissingNodes);

/// <param name="SocketId">Which socket.</param>
/// <param name="Result">How the call ended.</param>
/// <param name="Args">The arguments of its ack; none unless there was one.</param>
internal sealed record OutcomeResponse(
    string SocketId,
    CallResult Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<JsonElement>? Args);

/// <summary>It has taken effect, and there is nothing to tell of it.</summary>
internal sealed record DoneResponse;

/// <param name="Rooms">The rooms of this page, in the order of their names.</param>
/// <param name="Next">What to give for <c>after</c> to get the next page; null: there is none.</param>
/// <param name="MissingNodes">Nodes whose rooms and members are missing.</param>
internal sealed record RoomsResponse(IReadOnlyList<RoomInfo> Rooms, string? Next, IReadOnlyList<string> MissingNodes);

/// <param name="Sockets">The sockets of this page, in the order of their ids.</param>
/// <param name="Next">What to give for <c>after</c> to get the next page; null: there is none.</param>
/// <param name="MissingNodes">Nodes whose sockets are missing.</param>
internal sealed record SocketsResponse(IReadOnlyList<SocketResponse> Sockets, string? Next, IReadOnlyList<string> MissingNodes);

/// <param name="Id">The socket's id.</param>
/// <param name="UserId">Whose it is; null: nobody's.</param>
/// <param name="Rooms">The rooms it is in.</param>
/// <param name="ConnectedSince">When its connection was opened.</param>
internal sealed record SocketResponse(
    string Id, string? UserId, IReadOnlyList<string> Rooms, DateTimeOffset ConnectedSince);

/// <param name="Count">How many sockets.</param>
/// <param name="MissingNodes">Nodes whose sockets are not counted.</param>
internal sealed record CountResponse(int Count, IReadOnlyList<string> MissingNodes);

/// <param name="Results">What became of each command, in their order.</param>
internal sealed record BatchResponse(IReadOnlyList<BatchResult> Results);

/// <summary>What became of one command: what it would have been answered with by itself.</summary>
/// <param name="Status">The status.</param>
/// <param name="Result">The answer.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record BatchResult(
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProblemDetails? Error);
