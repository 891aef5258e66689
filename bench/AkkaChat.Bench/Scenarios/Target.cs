using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Scenarios;

/// <summary>A server that runs.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Port">On 127.0.0.1.</param>
/// <param name="ProcessId">Whose CPU time and memory count.</param>
internal sealed record Target(string Name, IProtocol Protocol, int Port, int ProcessId);
