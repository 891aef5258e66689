using AkkaChat.ConformanceApp;

if (!Profile.TryRead(out var profile, out var error))
{
    Console.Error.WriteLine(error);
    return 1;
}

var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.UseKestrelCore();
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
builder.AddAkkaChat(options =>
{
    options.PingInterval = profile.PingInterval;
    options.PingTimeout = profile.PingTimeout;
    options.MaxPayload = 1_000_000;
    options.ConnectTimeout = TimeSpan.FromSeconds(1);
    options.Origins = ["*"];
    options.AllowRequest = async http =>
    {
        if (profile.OpeningDelay > TimeSpan.Zero && http.Request.Path.StartsWithSegments("/socket.io", StringComparison.Ordinal))
        {
            await Task.Delay(profile.OpeningDelay);
        }

        return null;
    };
});

var app = builder.Build();
var io = app.MapAkkaChat();
app.MapEngineIO("/engine.io/", socket => socket.OnMessage(socket.Send));
MainNamespace.Map(io, profile);
ChatNamespace.Map(io.Of("/chat"));
SmallNamespaces.Map(io);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready on http://127.0.0.1:{port}"));
await app.RunAsync();
return 0;
