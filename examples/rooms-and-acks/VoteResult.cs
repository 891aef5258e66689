namespace RoomsAndAcks;

/// <summary>What the one who asked for the vote gets as the ack.</summary>
internal sealed record VoteResult(int Yes, int No, int Silent);
