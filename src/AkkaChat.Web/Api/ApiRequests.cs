using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaChat.Web.Api;

/// <summary>What every command of the API has: which sockets it concerns. <see cref="ApiTargets"/> has the rules.</summary>
internal abstract record TargetRequest
{
    public string? Namespace { get; init; }

    public IReadOnlyList<string?>? Rooms { get; init; }

    public IReadOnlyList<string?>? Users { get; init; }

    public IReadOnlyList<string?>? SocketIds { get; init; }

    public IReadOnlyList<string?>? Except { get; init; }

    public bool Everybody { get; init; }

    /// <summary>Members that no command knows.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>To send an event.</summary>
internal sealed record EmitRequest : TargetRequest
{
    public string? Event { get; init; }

    public IReadOnlyList<JsonElement>? Args { get; init; }

    public bool Volatile { get; init; }
}

/// <summary>To send an event and collect acks.</summary>
internal sealed record CallRequest : TargetRequest
{
    public string? Event { get; init; }

    public IReadOnlyList<JsonElement>? Args { get; init; }

    public int? TimeoutMs { get; init; }
}

/// <summary>To put sockets into rooms.</summary>
internal sealed record JoinRequest : TargetRequest
{
    public IReadOnlyList<string?>? Join { get; init; }
}

/// <summary>To take sockets out of rooms.</summary>
internal sealed record LeaveRequest : TargetRequest
{
    public IReadOnlyList<string?>? Leave { get; init; }
}

/// <summary>To disconnect sockets.</summary>
internal sealed record DisconnectRequest : TargetRequest
{
    public bool Close { get; init; }
}

/// <summary>Several commands: each an object with one member, named for the command.</summary>
internal sealed record BatchRequest
{
    public IReadOnlyList<Dictionary<string, JsonElement>?>? Commands { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
