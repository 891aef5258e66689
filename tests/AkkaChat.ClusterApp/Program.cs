using AkkaChat.ClusterApp;

// Only what differs from node to node; the cluster's settings come from the file that AKKACHAT_CONFIG names.
var name = Environment.GetEnvironmentVariable("NODE_NAME") ?? "node";
var port = Environment.GetEnvironmentVariable("PORT") ?? "5081";
var logs = Environment.GetEnvironmentVariable("ROOM_LOGS");

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
builder.Logging.AddFilter("Akka", LogLevel.Warning);
builder.Logging.AddFilter("AkkaChat.Logs", LogLevel.Information);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.AddAkkaChat();
builder.AddAkkaChatCluster();
if (logs is not null)
{
    builder.Services.AddSqliteRoomLogs(logs);
}

var app = builder.Build();
var upgrades = new Upgrades();
app.Use(upgrades.NoteAsync);
app.MapGet("/upgrades", () => upgrades.Sessions);
app.MapAkkaChatHealth();
app.MapAkkaChatApi();
var io = app.MapAkkaChat();
RoomEvents.Map(io, name);
if (logs is not null)
{
    LogRequests.Map(app, io);
}

EndsWithStandardInput.Watch(app.Lifetime);
await app.RunAsync();
