using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Servers;

/// <summary>A server that can be measured: how it is started and spoken to. It takes its port from PORT and prints a line
/// that begins with <c>ready</c>.</summary>
/// <param name="Name">As <c>--server</c> takes it and the report names it.</param>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Needs">A file that is there when the server is built or installed.</param>
/// <param name="Environment">Variables beside PORT.</param>
internal sealed record ServerDefinition(
    string Name,
    IProtocol Protocol,
    string Program,
    IReadOnlyList<string> Arguments,
    string Needs,
    IReadOnlyDictionary<string, string> Environment)
{
    public bool IsAvailable => File.Exists(Needs);

    public bool IsAkkaChat => Name.StartsWith("akkachat", StringComparison.Ordinal);
}
