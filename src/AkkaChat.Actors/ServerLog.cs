using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using Microsoft.Extensions.Logging;

namespace AkkaChat;

/// <summary>What the server logs. No content of messages, no ids that open a session.</summary>
internal sealed partial class ServerLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "AkkaChat serves {Path} with namespaces {Namespaces}.")]
    public partial void Started(string path, string namespaces);

    [LoggerMessage(2, LogLevel.Error, "The handler of '{Event}' in namespace {Namespace} failed for socket {Socket}.")]
    public partial void HandlerFailed(Exception exception, string @event, string @namespace, string socket);

    [LoggerMessage(3, LogLevel.Warning, "An event of socket {Socket} in namespace {Namespace} was dropped: {Why}")]
    public partial void ArgumentsRefused(string socket, string @namespace, string why);

    [LoggerMessage(4, LogLevel.Information, "Session {Session} is closed, it broke the protocol: {Why}.")]
    public partial void ProtocolViolation(string session, string why);

    [LoggerMessage(5, LogLevel.Debug, "Session {Session} opened by {Transport}.")]
    public partial void SessionOpened(Session session, EngineTransport transport);

    [LoggerMessage(6, LogLevel.Debug, "Session {Session} closed: {Reason}.")]
    public partial void SessionClosed(Session session, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Session {Session} is closed: its client did not read, and akkachat.outbox-limit is reached.")]
    public partial void SlowConsumer(string session);

    [LoggerMessage(8, LogLevel.Information,
        "Session {Session} is closed: a message was over akkachat.max-payload ({Limit} bytes).")]
    public partial void MessageTooLarge(string session, int limit);

    [LoggerMessage(10, LogLevel.Error, "Background work failed.")]
    public partial void BackgroundFailed(Exception exception);

    [LoggerMessage(18, LogLevel.Error, "A WebSocket could not be served.")]
    public partial void WebSocketFailed(Exception exception);

    [LoggerMessage(11, LogLevel.Error, "The rule for dynamic namespaces failed for '{Namespace}'; the client is refused.")]
    public partial void DynamicNamespaceFailed(Exception exception, string @namespace);

    [LoggerMessage(12, LogLevel.Information,
        "The credentials of socket {Socket} in namespace {Namespace} have expired; its connection is closed.")]
    public partial void CredentialsExpired(string socket, string @namespace);

    [LoggerMessage(13, LogLevel.Warning, "Socket {Socket} may not join namespace {Namespace}, its auth payload does not fit: {Why}")]
    public partial void AuthRefused(string socket, string @namespace, string why);

    [LoggerMessage(14, LogLevel.Warning,
        "{Count} emits, joins or leaves have failed: rooms did not take them within akkachat.emit-timeout ({Seconds} s).")]
    public partial void OperationsOverdue(int count, double seconds);

    [LoggerMessage(15, LogLevel.Error, "An observer of room events in namespace {Namespace} failed.")]
    public partial void RoomObserverFailed(Exception exception, string @namespace);

    [LoggerMessage(19, LogLevel.Warning, "Socket {Socket} did not get into namespace {Namespace} in time; its connection is closed, and the client comes again.")]
    public partial void NamespaceNotEntered(Exception exception, string socket, string @namespace);

    [LoggerMessage(20, LogLevel.Error, "The handler of the server event '{Event}' in namespace {Namespace} failed; the node that asked gets no answer.")]
    public partial void ServerEventFailed(Exception exception, string @event, string @namespace);

    [LoggerMessage(21, LogLevel.Error, "A request of another node failed: {Request}.")]
    public partial void NodeRequestFailed(Exception exception, string request);

    [LoggerMessage(16, LogLevel.Warning, "{Method} {Path} was refused: {Why}. More of this kind are logged as debug messages.")]
    public partial void FirstRequestRefused(string method, string path, string why);

    [LoggerMessage(17, LogLevel.Debug, "{Method} {Path} was refused: {Why}.")]
    public partial void RequestRefused(string method, string path, string why);

    [LoggerMessage(9, LogLevel.Error, "AllowRequest failed; the request is refused.")]
    public partial void AllowRequestFailed(Exception exception);
}
