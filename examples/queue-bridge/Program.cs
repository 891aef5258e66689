using AkkaChat;
using QueueBridge;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && Environment.GetEnvironmentVariable("PORT") is { } port)
{
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
}

builder.AddAkkaChat();
builder.Services.AddSingleton<IMessageSource>(services => new RedisSource(
    builder.Configuration["redis"] ?? "127.0.0.1:6379",
    channels: ["socketio", .. Bridge.Namespaces.Select(NodeEmitter.RequestChannel)],
    patterns: Bridge.Namespaces.Select(NodeEmitter.Channels),
    services.GetRequiredService<ILogger<RedisSource>>()));
builder.Services.AddHostedService<Bridge>();

var app = builder.Build();
var io = app.MapAkkaChat();

// Clients of these namespaces hear what Flask-SocketIO and Node programs emit through Redis.
foreach (var name in Bridge.Namespaces)
{
    io.Of(name).On("join", (Socket socket, string room) => socket.JoinAsync(room));
}

app.Run();
