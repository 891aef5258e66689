using System.Security.Claims;
using AkkaChat;
using ChatMinimal;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && Environment.GetEnvironmentVariable("PORT") is { } port)
{
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
}

builder.AddAkkaChat();
var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();
var io = app.MapAkkaChat();

// Login: the name comes with the auth payload and becomes the socket's user.
io.OnConnect((Socket socket, Login? login) =>
{
    if (string.IsNullOrWhiteSpace(login?.Name))
    {
        return Connect.Refuse("Choose a name.");
    }

    socket.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, login.Name.Trim())], "name"));
    return Connect.Accept;
});

io.On("join", async (Socket socket, string room) =>
{
    await socket.JoinAsync(room);
    await io.To(room).EmitAsync("status", new Line(room, socket.User.Identity!.Name, "has entered the room."));
});

io.On("leave", async (Socket socket, string room) =>
{
    await io.To(room).EmitAsync("status", new Line(room, socket.User.Identity!.Name, "has left the room."));
    await socket.LeaveAsync(room);
});

// To everybody in the room but the sender, whose page shows the line when the ack says that it was sent.
io.On("chat", async (Socket socket, ChatMessage message) =>
{
    if (!socket.Rooms.Contains(message.Room))
    {
        throw new EventException("You are not in that room.") { Code = "not_a_member" };
    }

    await socket.To(message.Room).EmitAsync("chat", new Line(message.Room, socket.User.Identity!.Name, message.Text));
    return "ok";
});

app.Run();
