namespace AkkaChat.Bench.Server;

/// <summary>
/// The benchmark's little application, as the peers have it, with the library's defaults. It is a node of a cluster if
/// <c>AKKACHAT_CLUSTER_NODE</c> says so, in the standard build.
/// </summary>
internal static partial class BenchServer
{
    /// <summary>Runs until it is told to stop.</summary>
    public static async Task RunAsync(string[] args)
    {
        var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
        await using var app = Build(args, port);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready on http://127.0.0.1:{port}"));
        await app.RunAsync();
    }

    private static WebApplication Build(string[] args, string port)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Readiness is asked until a node of a cluster is up, and "not yet" is no failure.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.AddAkkaChat();
        AddCluster(builder);

        var app = builder.Build();
        app.MapAkkaChatHealth();
        var bench = app.MapAkkaChat().Of("/bench");
        bench.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        bench.On("chat", (ChatLine line) => bench.To(line.Room).EmitAsync("chat", line.Msg));
        bench.On("echo", (EventArgument argument) => argument);
        return app;
    }

    // Empty in the restricted build.
    static partial void AddCluster(IHostApplicationBuilder builder);
}
