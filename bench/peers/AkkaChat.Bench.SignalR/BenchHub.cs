using Microsoft.AspNetCore.SignalR;

namespace AkkaChat.Bench.SignalR;

/// <summary>The benchmark's little application.</summary>
internal sealed class BenchHub : Hub
{
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Chat(string room, string message) => Clients.Group(room).SendAsync("chat", message);

    public string Echo(string value) => value;
}
