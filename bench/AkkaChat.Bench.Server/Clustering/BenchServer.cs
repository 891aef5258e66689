namespace AkkaChat.Bench.Server;

internal static partial class BenchServer
{
    static partial void AddCluster(IHostApplicationBuilder builder) => builder.AddAkkaChatCluster();
}
