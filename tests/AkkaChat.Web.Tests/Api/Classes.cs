using System.ComponentModel.DataAnnotations;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;

namespace AkkaChat.Web.Tests.Api;

/// <summary>Classes of handlers for the tests beside.</summary>
internal static class Classes
{
    public sealed class Letters : SocketNamespace
    {
        [On]
        public string A() => "class a";
    }

    public sealed class Log
    {
        public Recorder<string> Lines { get; } = new();
    }

    [Namespace("/chat")]
    public sealed class Chat(Log log) : SocketNamespace, IDisposable
    {
        [OnConnect]
        public bool Enter(string? name)
        {
            Socket.Items["name"] = name ?? "nobody";
            return name != "evil";
        }

        [On("say")]
        [On("tell")]
        public async Task<string> SayAsync(string text)
        {
            await Others.EmitAsync("said", Socket.Items["name"], text);
            return $"{Context.EventName}: {text}";
        }

        [On]
        public Task EnterRoom(string room) => JoinAsync(room);

        [On]
        public Task ToRoom(string room, string text) => To(room).EmitAsync("room", text);

        [On]
        public void Fail() => throw new InvalidOperationException("broken");

        [On]
        [Authorize]
        public string Secret() => "for members";

        [OnError]
        public string Failed(Exception exception) => $"sorry: {exception.Message}";

        [OnDisconnect]
        public void Gone(string reason) => log.Lines.Add($"{Socket.Items["name"]} {reason}");

        public string NotAHandler() => "never from the wire";

        public void Dispose() => log.Lines.Add("disposed");
    }

    public sealed class NoHandlers : SocketNamespace
    {
        public int Number() => 1;
    }

    public sealed record Signup([property: Required, StringLength(5)] string Name, [property: Range(1, 120)] int Age);
}
