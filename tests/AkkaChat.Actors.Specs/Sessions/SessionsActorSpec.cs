using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Specs.Sessions;

public sealed class SessionsActorSpec : SessionSpec
{
    [Fact]
    public async Task A_crash_of_the_application_object_ends_that_session_only()
    {
        var other = await Server.ConnectAsync();
        var client = await OpenWebSocketAsync();
        client.Send("4fail");

        Assert.Equal("abort: server error", await client.Transport.Ended.EndInTime());
        Assert.Equal("server error", await Application.Closed.EndInTime());
        await Limit.WaitUntil(() => Server.Server.SessionCount == 1);
        await other.ExpectNothingAsync();
        Assert.True(Session.Window.EnterAsync(1, default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_post_that_crashes_the_application_is_answered()
    {
        await OpenPollingAsync();
        var poll = StartPoll();

        Assert.NotNull(await PostAsync("4fail"));
        Assert.Equal(["1"], await AnswerOf(poll));
        await ExpectStoppedAsync("server error");
    }

    [Fact]
    public async Task An_application_that_fails_at_the_end_too_leaves_no_session_behind()
    {
        Application.FailsAtTheEnd = true;
        await OpenPollingAsync();
        Session.Close(CloseReason.TransportClose);

        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task Whoever_waits_for_the_end_of_all_sessions_waits_for_the_last()
    {
        var sessions = Sys.ActorOf(SessionsActor.Props());
        sessions.Tell(SessionsActor.WhenEmpty.Instance, TestActor);
        ExpectMsg<SessionsActor.Ended>();

        await OpenWebSocketAsync();
        Application.IsIdle = false;
        var closing = Server.Server.CloseSessionsAsync(Limit.Time);
        await Application.Closed.EndInTime();
        Assert.False(closing.IsCompleted);

        Session.Tell(new SessionMessages.HandlerCompleted(this));
        await closing.EndInTime();
    }
}
