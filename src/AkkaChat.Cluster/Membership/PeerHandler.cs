namespace AkkaChat.Membership;

/// <summary>Answers what another node asks, in as many parts as it takes. No part is large: each is one message.</summary>
/// <remarks>Called in the order in which one node asks; must not throw or block. What it gives is read in another thread.</remarks>
/// <param name="request">The question, as it came.</param>
internal delegate IAsyncEnumerable<ReadOnlyMemory<byte>> PeerHandler(ReadOnlyMemory<byte> request);
