#pragma warning disable IDE0130 // A part of the composition root that only the standard build has.
namespace AkkaChat.Host;

internal static partial class HostProgram
{
    static partial void AddCluster(IHostApplicationBuilder builder) => builder.AddAkkaChatCluster();
}
