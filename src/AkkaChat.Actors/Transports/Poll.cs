using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Transports;

/// <summary>How a poll was answered: with packets, or refused with an error.</summary>
/// <param name="Packets">What to write as the payload.</param>
/// <param name="Bytes">What of it counts in the outbox until it is written.</param>
/// <param name="Error">Set if the poll was refused; there are no packets then.</param>
internal sealed record PollAnswer(List<WirePacket> Packets, int Bytes, EngineError? Error)
{
    public static PollAnswer Of(WirePacket packet) => new([packet], 0, null);

    public static PollAnswer Refused(EngineError error) => new([], 0, error);
}

/// <summary>One HTTP request that waits for packets. Answered exactly once.</summary>
internal sealed class Poll
{
    private readonly TaskCompletionSource<PollAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the answer; never fails.</summary>
    public Task<PollAnswer> Answer => _answer.Task;

    public bool TryAnswer(PollAnswer answer) => _answer.TrySetResult(answer);

    public void Refuse(EngineError error) => TryAnswer(PollAnswer.Refused(error));
}
