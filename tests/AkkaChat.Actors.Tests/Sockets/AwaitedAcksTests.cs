using AkkaChat.Serialization;
using AkkaChat.Sockets;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sockets;

public class AwaitedAcksTests
{
    private readonly AwaitedAcks _acks = new();

    [Fact]
    public async Task Numbers_start_at_0_and_each_answer_finds_its_call()
    {
        var (first, firstAnswer) = _acks.Add();
        var (second, secondAnswer) = _acks.Add();
        Assert.Equal([0L, 1L], new[] { first, second });

        Assert.True(_acks.TryComplete(second, Answer("2")));
        Assert.True(_acks.TryComplete(first, Answer("1")));
        Assert.Equal(1, AckResult.As<int>(await firstAnswer.EndInTime()));
        Assert.Equal(2, AckResult.As<int>(await secondAnswer.EndInTime()));
    }

    [Fact]
    public void Answers_that_nobody_waits_for_are_ignored()
    {
        var (id, _) = _acks.Add();
        Assert.True(_acks.TryComplete(id, Answer("1")));

        Assert.False(_acks.TryComplete(id, Answer("2")));
        Assert.False(_acks.TryComplete(17, Answer("2")));
        Assert.False(_acks.TryComplete(-1, Answer("2")));
    }

    [Fact]
    public void A_forgotten_call_gets_no_answer()
    {
        var (id, answer) = _acks.Add();
        _acks.Forget(id);

        Assert.False(_acks.TryComplete(id, Answer("1")));
        Assert.False(answer.IsCompleted);
    }

    [Fact]
    public async Task Closing_tells_all_who_wait_and_all_who_come_later()
    {
        var (_, before) = _acks.Add();
        _acks.Close();
        var (_, after) = _acks.Add();

        await Assert.ThrowsAsync<SocketDisconnectedException>(() => before.EndInTime());
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => after.EndInTime());
    }

    [Fact]
    public async Task Nobody_waits_for_ever_when_calls_and_the_end_come_together()
    {
        for (var round = 0; round < 200; round++)
        {
            var acks = new AwaitedAcks();
            var answers = new Task[3];
            await Limit.RunAtOnce(3, number =>
            {
                if (number == 2)
                {
                    acks.Close();
                }

                answers[number] = acks.Add().Answer;
            });

            foreach (var answer in answers)
            {
                await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.EndInTime());
            }
        }
    }

    [Fact]
    public void An_answer_is_read_as_its_first_argument_or_as_all()
    {
        var two = new EventArguments([Wire.Bytes("1"), Wire.Bytes("\"b\"")], [], ArgumentSerializer.Default);
        var none = new EventArguments([], [], ArgumentSerializer.Default);

        Assert.Equal(1, AckResult.As<int>(two));
        Assert.Same(two, AckResult.As<EventArguments>(two));
        Assert.Null(AckResult.As<string>(none));
        Assert.Equal(0, AckResult.As<int>(none));
    }

    private static EventArguments Answer(string json) => new([Wire.Bytes(json)], [], ArgumentSerializer.Default);
}
