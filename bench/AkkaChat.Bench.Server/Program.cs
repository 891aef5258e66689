using AkkaChat;
using AkkaChat.Bench.Server;

// The benchmark's little application, as the peers have it, with the library's defaults.
var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.AddAkkaChat();

var app = builder.Build();
var bench = app.MapAkkaChat().Of("/bench");
bench.On("join", (Socket socket, string room) => socket.JoinAsync(room));
bench.On("chat", (ChatLine line) => bench.To(line.Room).EmitAsync("chat", line.Msg));
bench.On("echo", (EventArgument argument) => argument);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"ready on http://127.0.0.1:{port}"));
await app.RunAsync();
