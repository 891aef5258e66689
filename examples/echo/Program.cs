using AkkaChat;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && Environment.GetEnvironmentVariable("PORT") is { } port)
{
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
}

builder.AddAkkaChat();
var app = builder.Build();
var io = app.MapAkkaChat();

// Whatever comes goes back: as the ack if the client wants one, and as an event of the same name.
io.On("echo", async (Socket socket, EventArguments arguments) =>
{
    await socket.EmitAsync("echo", arguments);
    return arguments;
});

app.Run();
