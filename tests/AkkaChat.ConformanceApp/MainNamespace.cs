using System.Globalization;
using System.Text.Json;

namespace AkkaChat.ConformanceApp;

/// <summary>The main namespace: echoes, questions, and the events of the JavaScript client's own tests.</summary>
internal static class MainNamespace
{
    private static readonly string[] Utf8Texts =
        ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"];

    private static readonly byte[] Bytes = "asdfasdf"u8.ToArray();

    public static void Map(INamespace main, Profile profile)
    {
        main.OnConnect(async (Socket socket) =>
        {
            if (socket.Handshake.Query.TryGetValue("fail", out var fail) && fail.Length > 0)
            {
                return Connect.Refuse("Auth failed (main namespace)");
            }

            if (profile.Greets)
            {
                await socket.EmitAsync("auth", socket.Handshake.Auth);
            }

            return Connect.Accept;
        });
        MapMessages(main);
        MapQuestions(main);
        MapDisconnects(main);
        MapClientTests(main);
        MapClientBinaryTests(main);
    }

    /// <summary>The two events that most namespaces have.</summary>
    public static void MapMessages(INamespace target)
    {
        target.On("message", (Socket socket, EventArguments arguments) => socket.EmitAsync("message-back", arguments));
        target.On("message-with-ack", (EventArguments arguments) => arguments);
    }

    /// <summary>Lets a client have itself put out.</summary>
    public static void MapKick(INamespace target) =>
        target.On("kick", (Socket socket, bool? all) => socket.DisconnectAsync(all == true));

    private static void MapQuestions(INamespace main)
    {
        main.On("getId", (Socket socket) => socket.Id);
        main.On("getHandshake", (Socket socket) => HandshakeObject.Of(socket));
        main.On("ask", [Concurrent] (Socket socket, double milliseconds, EventArgument argument) =>
            AskAsync(socket, milliseconds, argument));
        main.On("volatile", (Socket socket, EventArgument argument) =>
            socket.Volatile.EmitAsync("volatile-back", argument));
    }

    private static async Task<object> AskAsync(Socket socket, double milliseconds, EventArgument argument)
    {
        try
        {
            var answer = await socket.WithTimeout(TimeSpan.FromMilliseconds(milliseconds))
                .CallAsync<EventArguments>("question", argument);
            return new { ok = true, answer = answer.ToArray() };
        }
        catch (TimeoutException)
        {
            return new { ok = false, error = "timeout" };
        }
    }

    private static void MapDisconnects(INamespace main)
    {
        MapKick(main);
        main.On("drop", (Socket socket) => socket.Abort());
    }

    private static void MapClientTests(INamespace main)
    {
        main.On("hi", (Socket socket) => socket.EmitAsync("hi"));
        main.On("echo", (EventArgument argument) => argument);
        main.On("ack", (Socket socket) =>
        {
            // Whether the client answers is its own affair: nothing else of it waits for that.
            _ = AskForAckAsync(socket);
            return Ack.None;
        });
        main.On("getAckDate", () => Now());
        main.On("getDate", (Socket socket) => socket.EmitAsync("takeDate", Now()));
        main.On("getDateObj", (Socket socket) => socket.EmitAsync("takeDateObj", new { date = Now() }));
        main.On("getUtf8", async (Socket socket) =>
        {
            foreach (var text in Utf8Texts)
            {
                await socket.EmitAsync("takeUtf8", text);
            }
        });
        main.On("false", (Socket socket) => socket.EmitAsync("false", false));
    }

    private static void MapClientBinaryTests(INamespace main)
    {
        main.On("doge", (Socket socket) => socket.EmitAsync("doge", Bytes));
        main.On("getbin", (Socket socket) => socket.EmitAsync("takebin", Bytes));
        main.On("buffa", (Socket socket, EventArgument argument) =>
            argument.IsBinary ? socket.EmitAsync("buffack") : Task.CompletedTask);
        main.On("jsonbuff", (Socket socket, EventArgument argument) =>
            IsExpectedObject(argument) ? socket.EmitAsync("jsonbuff-ack") : Task.CompletedTask);
        main.On("abuff1", (Socket socket, EventArgument argument) => { socket.Items["abuff1"] = argument.IsBinary; });
        main.On("abuff2", (Socket socket) =>
            socket.Items.TryGetValue("abuff1", out var seen) && seen is true
                ? socket.EmitAsync("abuff2-ack")
                : Task.CompletedTask);
    }

    private static async Task AskForAckAsync(Socket socket)
    {
        try
        {
            if (IsExpectedAnswer(await socket.CallAsync<EventArguments>("ack")))
            {
                await socket.EmitAsync("got it");
            }
        }
        catch (Exception exception) when (exception is TimeoutException or SocketDisconnectedException)
        {
            // It did not.
        }
    }

    private static bool IsExpectedAnswer(EventArguments answer) =>
        answer.Count >= 2
        && answer[0].Kind == JsonValueKind.Number
        && answer[0].As<double>() is 5
        && answer[1].Kind == JsonValueKind.Object
        && answer[1].As<Dictionary<string, JsonElement>>()?.GetValueOrDefault("test").ValueKind == JsonValueKind.True;

    private static bool IsExpectedObject(EventArgument argument)
    {
        if (argument.Kind != JsonValueKind.Object)
        {
            return false;
        }

        var members = argument.As<Dictionary<string, EventArgument>>()!;
        return members.TryGetValue("hello", out var hello) && hello.ToString() == "\"lol\""
            && members.TryGetValue("message", out var message) && message.IsBinary
            && members.TryGetValue("goodbye", out var goodbye) && goodbye.ToString() == "\"gotcha\"";
    }

    private static string Now() =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
