using AkkaChat;
using Microsoft.AspNetCore.Authorization;

namespace ClassNamespace;

/// <summary>
/// The handlers of /quiz. One instance serves one event, so its constructor takes services, scoped ones too, and it keeps
/// nothing itself.
/// </summary>
[Namespace("/quiz")]
public sealed class Quiz(Questions questions, ILogger<Quiz> logger) : SocketNamespace
{
    /// <summary>Refuses who has no name.</summary>
    [OnConnect]
    public Connect Enter() =>
        Socket.User.Identity?.Name is null ? Connect.Refuse("Say who you are.") : Connect.Accept;

    /// <summary>The event is named for the method: "ask". Only teachers may send it.</summary>
    [On]
    [Authorize(Policy = "teacher")]
    public async Task<int> Ask(string text, string answer)
    {
        var number = questions.Add(text, answer);
        await Others.EmitAsync("question", number, text);
        return number;
    }

    /// <summary>An event by another name than the method's.</summary>
    [On("answer")]
    public async Task<bool> TakeAnswer(int number, string answer)
    {
        var isRight = questions.IsRight(number, answer);
        await Namespace.EmitAsync("answered", Socket.User.Identity!.Name, number, isRight);
        return isRight;
    }

    /// <summary>Why a client has left.</summary>
    [OnDisconnect]
    public Task Exit(string reason) => Others.EmitAsync("left", Socket.User.Identity!.Name, reason);

    /// <summary>What the other methods throw: the result is the client's ack.</summary>
    [OnError]
    public object Fail(Exception exception)
    {
        logger.LogWarning(exception, "{Event} failed", Context.EventName);
        return new { error = "Something is wrong with that question." };
    }
}
