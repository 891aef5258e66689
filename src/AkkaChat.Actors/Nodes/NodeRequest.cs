namespace AkkaChat.Nodes;

/// <summary>What a node asks another one to say or do. A closed set: each has a form on the wire.</summary>
internal abstract record NodeRequest;

/// <summary>An answer to a <see cref="NodeRequest"/>, or a part of one. A closed set, as the requests are.</summary>
internal abstract record NodeReply;
