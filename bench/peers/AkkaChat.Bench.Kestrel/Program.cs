using AkkaChat.Bench.Kestrel;

var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));

var app = builder.Build();
var endpoint = new BenchEndpoint();
app.UseWebSockets();
app.Map("/bench", endpoint.HandleAsync);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready on http://127.0.0.1:{port}"));
await app.RunAsync();
