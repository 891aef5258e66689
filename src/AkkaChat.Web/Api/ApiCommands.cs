using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace AkkaChat.Web.Api;

/// <summary>The commands by their names, one at a time or several.</summary>
internal sealed class ApiCommands(ApiOperations operations, ApiJson json, ApiFailures failures)
{
    private const int MostOfABatch = 1000;

    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["emit", "call", "join", "leave", "disconnect"];

    /// <summary>Carries out one.</summary>
    /// <exception cref="ApiException">The request is not valid.</exception>
    public async Task<object> RunAsync(string name, byte[] body) => name switch
    {
        "emit" => await operations.EmitAsync(json.Read<EmitRequest>(body)),
        "call" => await operations.CallAsync(json.Read<CallRequest>(body)),
        "join" => await operations.JoinAsync(json.Read<JoinRequest>(body)),
        "leave" => await operations.LeaveAsync(json.Read<LeaveRequest>(body)),
        _ => await operations.DisconnectAsync(json.Read<DisconnectRequest>(body)),
    };

    /// <summary>Carries out several, each when the one before it has ended; that one fails does not stop the others.</summary>
    /// <exception cref="ApiException">It is no list of commands; then none is carried out.</exception>
    public async Task<object> RunBatchAsync(byte[] body, CancellationToken cancellationToken)
    {
        var request = json.Read<BatchRequest>(body);
        ApiFields.RefuseUnknown(request.Unknown?.Keys, "commands");
        var commands = Commands(request).ToList();
        List<BatchResult> results = new(commands.Count);
        foreach (var (name, arguments) in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reply = await failures.RunAsync(async () => await RunAsync(name, arguments));
            results.Add(reply.Body is ProblemDetails problem
                ? new BatchResult(reply.Status, null, problem)
                : new BatchResult(reply.Status, reply.Body, null));
        }

        return new BatchResponse(results);
    }

    private async Task<object> RunAsync(string name, JsonElement request) => name switch
    {
        "emit" => await operations.EmitAsync(json.Read<EmitRequest>(request)),
        "call" => await operations.CallAsync(json.Read<CallRequest>(request)),
        "join" => await operations.JoinAsync(json.Read<JoinRequest>(request)),
        "leave" => await operations.LeaveAsync(json.Read<LeaveRequest>(request)),
        _ => await operations.DisconnectAsync(json.Read<DisconnectRequest>(request)),
    };

    private static IEnumerable<(string Name, JsonElement Request)> Commands(BatchRequest request)
    {
        if (request.Commands is null or { Count: > MostOfABatch })
        {
            throw ApiException.Invalid("commands", $"'commands' is not accepted. Accepted: a list of up to {MostOfABatch} commands.");
        }

        foreach (var (index, command) in request.Commands.Index())
        {
            yield return command is { Count: 1 } && command.First() is var (name, value) && Names.Contains(name, StringComparer.Ordinal)
                ? (name, value)
                : throw ApiFields.Wrong($"commands[{index}]");
        }
    }
}
