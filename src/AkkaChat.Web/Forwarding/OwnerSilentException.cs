namespace AkkaChat.Web.Forwarding;

/// <summary>The node that a request was handed to gave no sign of life within <c>akkachat.cluster.answer-timeout</c>.</summary>
internal sealed class OwnerSilentException() : Exception("The node gave no sign of life.");
