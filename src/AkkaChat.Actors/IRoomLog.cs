namespace AkkaChat;

/// <summary>
/// The log of a durable room. What is published by it has a place in the log, is stored before it is acknowledged, and goes
/// to the room's members in the order of the log. Immutable and thread-safe; <see cref="INamespace.LogOf"/> gives it.
/// </summary>
public interface IRoomLog
{
    /// <summary>The room's name.</summary>
    string Room { get; }

    /// <summary>
    /// The same, for one message with this id. Publishing the id again, for as long as the log keeps the message, stores and
    /// emits nothing and answers as the first time.
    /// </summary>
    /// <param name="messageId">
    /// Unique in the room, of 1 to 200 characters. What comes from a client should be put behind the user's id, so that nobody
    /// can take another's.
    /// </param>
    /// <exception cref="ArgumentException">The id is empty, too long, or no valid text.</exception>
    IRoomLog Once(string messageId);

    /// <summary>
    /// Stores a message, then emits it to the room's members, the publisher's socket among them. The event has the message's
    /// <see cref="LogPosition"/> as its last argument, behind those given here.
    /// </summary>
    /// <param name="eventName">The event's name; reserved names are refused.</param>
    /// <param name="arguments">What to send; see <see cref="IBroadcaster.EmitAsync"/>.</param>
    /// <returns>
    /// The message's position, once it is stored and in the outbox of every member, in a cluster of those on this node. A
    /// repeated one's is there once it is stored.
    /// </returns>
    /// <exception cref="EventException">
    /// The store has failed, does not answer within <c>emit-timeout</c> (5 s), too much waits for it, or another node of the
    /// cluster is about to take it over; the code is <c>log_unavailable</c>. The message may have been stored all the same, and is then emitted; publishing it again with the
    /// same id settles it.
    /// </exception>
    Task<LogPosition> PublishAsync(string eventName, params object?[] arguments);

    /// <summary>Reads a part of the log.</summary>
    /// <param name="since">
    /// Where to begin, that message not included. Null: at the beginning, or, in reverse, at the end. A position of another
    /// epoch counts as null, and the page says that it is not continuous.
    /// </param>
    /// <param name="limit">How many at most, from 1 to 1000.</param>
    /// <param name="reverse">From newer messages to older ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    /// <exception cref="EventException">The store has failed, or does not answer; see <see cref="PublishAsync"/>.</exception>
    Task<LogPage> ReadAsync(
        LogPosition? since = null, int limit = 100, bool reverse = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a socket into the room at one place in the log: the messages up to there that it has missed are sent to it as
    /// events, in order, then it gets all later ones live. None is missed at the seam, and none doubled.
    /// </summary>
    /// <param name="socket">A socket of the log's namespace that is not in the room.</param>
    /// <param name="since">The last position the client has; null: none, it is new here.</param>
    /// <param name="limit">
    /// How many missed messages are sent at most, from 0 to 1000; if there are more, the newest. They must fit into the
    /// socket's outbox (<c>outbox-limit</c>).
    /// </param>
    /// <exception cref="ArgumentException">The socket is of another namespace.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The socket is in the room already, in <c>max-rooms-per-socket</c> rooms, or has disconnected.
    /// </exception>
    /// <exception cref="EventException">The store has failed, or does not answer; see <see cref="PublishAsync"/>.</exception>
    Task<LogJoin> JoinAsync(Socket socket, LogPosition? since = null, int limit = 100);

    /// <summary>
    /// Changes what a message of the log says, as when it has to be forgotten: whoever reads or catches up from now on finds this
    /// at its position, with its time and its id. Who has it already is not told; publish something for that.
    /// </summary>
    /// <param name="position">The message's position.</param>
    /// <param name="eventName">The event's name; reserved names are refused.</param>
    /// <param name="arguments">What it says now; see <see cref="IBroadcaster.EmitAsync"/>.</param>
    /// <returns>Once it is stored: true, or false if the log has no message there, for it was trimmed or is of another epoch.</returns>
    /// <exception cref="EventException">
    /// The store has failed, or does not answer; see <see cref="PublishAsync"/>. The message may have been changed all the same;
    /// doing it again is harmless.
    /// </exception>
    Task<bool> ReplaceAsync(LogPosition position, string eventName, params object?[] arguments);

    /// <summary>
    /// Removes all messages and begins a new epoch; nobody is told. Members stay.
    /// </summary>
    /// <returns>Completes when the log is empty.</returns>
    /// <exception cref="EventException">The store has failed, or does not answer; see <see cref="PublishAsync"/>.</exception>
    Task ClearAsync();
}
