using AkkaChat;
using RoomsAndAcks;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && Environment.GetEnvironmentVariable("PORT") is { } port)
{
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
}

builder.AddAkkaChat(options => options.CallTimeout = TimeSpan.FromSeconds(5));
var app = builder.Build();
var io = app.MapAkkaChat();

// Rooms: join and leave answer with the rooms the client is in then.
io.On("join", async (Socket socket, string room) =>
{
    await socket.JoinAsync(room);
    return socket.Rooms.Order(StringComparer.Ordinal);
});
io.On("leave", async (Socket socket, string room) =>
{
    await socket.LeaveAsync(room);
    return socket.Rooms.Order(StringComparer.Ordinal);
});
io.On("members", (string room) => io.To(room).SocketIdsAsync());

// To a union of rooms, without those who are muted: everybody gets one copy, however many of the rooms they are in.
io.On("announce", (Socket socket, string[] rooms, string text) =>
    io.To(rooms).Except("muted").EmitAsync("announcement", text));

// An ack of one client: the server asks and waits. It ends by itself when the client is silent or goes.
io.On("ask-me", async (Socket socket, string question) =>
    "You said: " + await socket.WithTimeout(TimeSpan.FromSeconds(2)).CallAsync<string>("question", question));

// Acks of many: one outcome for each member of the room, as soon as the last is settled.
io.On("vote", async (Socket socket, string room, string question) =>
{
    var votes = await socket.To(room).WithTimeout(TimeSpan.FromSeconds(2)).CallAsync<bool>("vote", question);
    return new VoteResult(
        votes.Count(vote => vote is { Result: CallResult.Acknowledged, Value: true }),
        votes.Count(vote => vote is { Result: CallResult.Acknowledged, Value: false }),
        votes.Count(vote => vote.Result != CallResult.Acknowledged));
});

app.Run();
