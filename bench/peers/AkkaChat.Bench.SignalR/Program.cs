using AkkaChat.Bench.SignalR;

var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
// Several invocations of a client at once, as the other servers have it.
builder.Services.AddSignalR(options =>
{
    options.MaximumParallelInvocationsPerClient = 16;
    options.MaximumReceiveMessageSize = 1_000_000;
});

var app = builder.Build();
app.MapHub<BenchHub>("/bench");
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready on http://127.0.0.1:{port}"));
await app.RunAsync();
