using AkkaChat.Sockets;
using AkkaChat.Testing.Connections;

namespace AkkaChat.Testing.Settling;

/// <summary>
/// Waits until nothing happens any more by itself. A round sends a mark through every connection to the server, looks
/// whether the handlers have ended or wait for the clock or a client, and sends a mark back; all that went before the
/// marks has arrived by then. Rounds are repeated until one has seen nothing new.
/// </summary>
/// <remarks>
/// A mark is an ack that nobody has called for, under a number of its own: the server ignores such an ack, and no
/// code of the application sees it.
/// </remarks>
internal sealed class Settler(ChatTestServer server, HandlerRuns runs, TestClock? clock)
{
    private const int QuietRounds = 2;

    /// <summary>How often a round is repeated because work of others waits for the threads it would have needed.</summary>
    private const int BusyRounds = 10;

    public async Task SettleAsync()
    {
        var deadline = new Deadline(server.Limit);
        var quiet = 0;
        for (var busy = 0; quiet < QuietRounds || (busy < BusyRounds && ThreadPool.PendingWorkItemCount > 0);)
        {
            var before = Activity();
            var obstacle = await RoundAsync(new Deadline(server.Limit));
            var isQuiet = obstacle is null && Activity() == before;
            busy += quiet >= QuietRounds ? 1 : 0;
            quiet = isQuiet ? quiet + 1 : 0;
            if (obstacle is not null)
            {
                ThrowIfOver(deadline, obstacle);
                await deadline.PauseAsync();
            }
        }
    }

    private (long Packets, long Handlers, long Timers) Activity() =>
        (server.Connections.Sum(connection => connection.Activity), runs.Changes, clock?.Changes ?? 0);

    /// <summary>What is not at rest, in words; null if everything is.</summary>
    private async Task<string?> RoundAsync(Deadline deadline)
    {
        var connections = server.Connections;
        var inbound = await Task.WhenAll(connections.Select(connection => InAsync(connection, deadline)));
        var outbound = await Task.WhenAll(connections.Select(connection => OutAsync(connection, deadline)));
        return clock is { IsStarting: true }
            ? "a timer that is due still runs"
            : inbound.Concat(outbound).FirstOrDefault(obstacle => obstacle is not null);
    }

    /// <summary>All that the client has sent reaches the server, and its handlers rest.</summary>
    private async Task<string?> InAsync(ClientConnection connection, Deadline deadline)
    {
        if (connection.Closed.IsCompleted)
        {
            return connection.Stopped.IsCompleted ? null : HandlersOf(connection, "the end of a connection is not handled yet");
        }

        if (connection.IsClosing)
        {
            return "a connection is being closed";
        }

        if (MarkedClient(connection, out var obstacle) is not { Socket: { } socket } client)
        {
            return obstacle;
        }

        if (!IsStalled(connection))
        {
            obstacle = await MarkInAsync(connection, client, socket, deadline);
        }

        return obstacle ?? RunningClientHandler(connection)
            ?? (connection.Session is not { Window.Pending: > 0 } ? null : HandlersOf(connection, "an event waits for its handler"));
    }

    private static async Task<string?> MarkInAsync(
        ClientConnection connection, TestClient client, Socket socket, Deadline deadline)
    {
        var id = AwaitedAcks.NextSharedId();
        socket.TryAwaitAck(id, out var arrived);
        try
        {
            await connection.SendUncountedAsync(connection.Server.Codec.Ack(client.Namespace, id, []));
            await deadline.WaitAsync(Task.WhenAny(arrived, connection.Closed));
            return arrived.IsCompletedSuccessfully || IsStalled(connection) ? null : "the server has not read what a client sent";
        }
        catch (IOException)
        {
            return "a connection is being closed";
        }
        finally
        {
            socket.ForgetAck(id);
            _ = arrived.Exception;
        }
    }

    /// <summary>All that the server has sent reaches the client.</summary>
    private static async Task<string?> OutAsync(ClientConnection connection, Deadline deadline)
    {
        if (connection.Closed.IsCompleted || MarkedClient(connection, out var obstacle) is not { Socket: { } socket } client)
        {
            return null;
        }

        var id = AwaitedAcks.NextSharedId();
        var arrived = client.ExpectMark(id);
        socket.SendAck(id, []);
        await deadline.WaitAsync(Task.WhenAny(arrived, client.Left, connection.Closed));
        return arrived.IsCompleted ? obstacle : "a client has not received what the server sent";
    }

    /// <summary>A client whose socket the marks can go through; none if the connection has no namespace.</summary>
    private static TestClient? MarkedClient(ClientConnection connection, out string? obstacle)
    {
        obstacle = null;
        var clients = connection.Clients.Where(client => client.Connected).ToList();
        if (clients.Find(client => client.Socket is null) is { } gone)
        {
            obstacle = $"a client is being disconnected from '{gone.Namespace}'";
        }

        return clients.Find(client => client.Socket is not null);
    }

    /// <summary>Too much of the client's waits for handlers: the server does not read, and no mark gets through.</summary>
    private static bool IsStalled(ClientConnection connection) =>
        connection.Session?.Window.LastStall is { Until: null };

    private string? HandlersOf(ClientConnection connection, string otherwise)
    {
        var running = runs.Of(connection.SocketIds);
        return running.FirstOrDefault(run => !run.IsParked) is { } run
            ? $"the handler of '{run.EventName}' still runs"
            : running.Count > 0 ? null : otherwise;
    }

    private static string? RunningClientHandler(ClientConnection connection) =>
        connection.Clients.Select(client => client.RunningHandler).FirstOrDefault(name => name is not null) is { } name
            ? $"the test client's handler of '{name}' still runs"
            : null;

    private void ThrowIfOver(Deadline deadline, string obstacle)
    {
        if (deadline.IsOver)
        {
            throw new ExpectationException(
                $"The server did not come to rest within {server.Limit.TotalSeconds:0.###} s: {obstacle}. "
                + "A handler may wait for TestClock's time, or for a client's ack; what else it waits for must come.");
        }
    }
}
