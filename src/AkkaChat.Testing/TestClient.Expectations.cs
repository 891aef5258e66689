using AkkaChat.Handlers;
using AkkaChat.Testing.Connections;

namespace AkkaChat.Testing;

/// <content>What a test expects of the server, and the client's own handlers.</content>
public sealed partial class TestClient
{
    /// <summary>
    /// Waits for an event and takes it. Events of other names that came before it stay, for later expectations.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <exception cref="ExpectationException">It did not come in time; the message says what came instead.</exception>
    public async Task<ReceivedEvent> ExpectAsync(string eventName)
    {
        var deadline = new Deadline(_connection.Server.Limit);
        while (true)
        {
            ThrowIfHandlerFailed();
            var isOver = deadline.IsOver || _left.Task.IsCompleted;
            if (_inbox.Take(eventName, out var changed) is { } received)
            {
                return received;
            }

            if (isOver)
            {
                throw Failed($"The event '{eventName}' should have come", null);
            }

            await deadline.WaitAsync(changed);
        }
    }

    /// <summary>Waits for an event, takes it, and reads its first argument.</summary>
    /// <typeparam name="T">The argument's type; <see cref="EventArguments"/> for all of them, <c>byte[]</c> for binary.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <exception cref="ExpectationException">It did not come in time, or does not fit the type.</exception>
    public async Task<T> ExpectAsync<T>(string eventName)
    {
        var received = await ExpectAsync(eventName);
        return ArgumentReader.Read<T>(received.Arguments, 0, received);
    }

    /// <summary>Waits for an event, takes it, and reads its first two arguments.</summary>
    /// <typeparam name="T1">The first one's type.</typeparam>
    /// <typeparam name="T2">The second one's type.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <exception cref="ExpectationException">It did not come in time, or does not fit the types.</exception>
    public async Task<(T1 First, T2 Second)> ExpectAsync<T1, T2>(string eventName)
    {
        var received = await ExpectAsync(eventName);
        return (received.Argument<T1>(), received.Argument<T2>(1));
    }

    /// <summary>
    /// Proves that no event is left or on its way: all that clients have sent has been handled, and all that the server
    /// has sent has arrived (<see cref="ChatTestServer.SettleAsync"/>). It does not sleep.
    /// </summary>
    /// <exception cref="ExpectationException">There is an event, or a handler still runs.</exception>
    public async Task ExpectNothingAsync()
    {
        var received = await ReceivedAsync();
        if (received.Count > 0)
        {
            throw new ExpectationException(
                $"Nothing should have come in '{Namespace}', but this did: {string.Join(", ", received)}.");
        }
    }

    /// <summary>Takes all events that have come and no expectation has taken, after all on their way have arrived.</summary>
    /// <exception cref="ExpectationException">A handler still runs, so it cannot be known what comes.</exception>
    public async Task<IReadOnlyList<ReceivedEvent>> ReceivedAsync()
    {
        await _connection.Server.SettleAsync();
        ThrowIfHandlerFailed();
        return _inbox.TakeAll();
    }

    /// <summary>Waits until the client is put out of the namespace, or its connection ends.</summary>
    /// <returns>The reason, as the server's disconnect handler sees it, such as <c>ping timeout</c>.</returns>
    /// <exception cref="ExpectationException">It is still connected.</exception>
    public async Task<string> ExpectDisconnectAsync()
    {
        var deadline = new Deadline(_connection.Server.Limit);
        return await deadline.WaitAsync(_left.Task)
            ? await _left.Task
            : throw Failed($"The client should have been disconnected from '{Namespace}'", null);
    }

    /// <summary>
    /// Handles an event of the server's. Such events are not kept for expectations. A handler that throws fails the
    /// client's next expectation.
    /// </summary>
    /// <param name="eventName">The event's name; a second handler replaces the first.</param>
    /// <param name="handler">Gets all arguments. Its result is the ack, several arguments for a tuple.</param>
    public void On(string eventName, Func<EventArguments, Task<object?>> handler)
    {
        EventName.Check(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Set(eventName, handler);
    }

    /// <summary>As <see cref="On(string, Func{EventArguments, Task{object?}})"/>, without waiting.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">Gets all arguments. Its result is the ack.</param>
    public void On(string eventName, Func<EventArguments, object?> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        On(eventName, arguments => Task.FromResult(handler(arguments)));
    }

    /// <summary>As <see cref="On(string, Func{EventArguments, Task{object?}})"/>; the ack is empty.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">Gets all arguments.</param>
    public void On(string eventName, Action<EventArguments> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        On(eventName, arguments =>
        {
            handler(arguments);
            return Task.FromResult<object?>(NoValue.Instance);
        });
    }

    /// <summary>As <see cref="On(string, Func{EventArguments, Task{object?}})"/>, for one argument.</summary>
    /// <typeparam name="T">The argument's type.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">Gets the first argument. Its result is the ack.</param>
    public void On<T>(string eventName, Func<T, object?> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        On(eventName, arguments => Task.FromResult(
            handler(ArgumentReader.Read<T>(arguments, 0, $"'{eventName}'({ArgumentReader.Show(arguments)})"))));
    }

    private void ThrowIfHandlerFailed()
    {
        if (_handlers.Failure is { } failure)
        {
            throw new ExpectationException($"A handler of the test client in '{Namespace}' failed: {failure.Message}", failure);
        }
    }

    private ExpectationException Failed(string expectation, string? hint)
    {
        var end = _left.Task.IsCompleted
            ? $", but {StateInWords()}"
            : $" within {_connection.Server.Limit.TotalSeconds:0.###} s, but it did not";
        List<string> lines = [$"{expectation} in '{Namespace}'{end}.", $"Received instead: {_inbox}."];
        if (hint is not null && !_left.Task.IsCompleted)
        {
            lines.Add(hint);
        }

        lines.AddRange(_connection.Server.LogLines().Select(line => $"The server logged: {line}"));
        return new ExpectationException(string.Join(Environment.NewLine, lines));
    }

    private string StateInWords() => _left.Task switch
    {
        { IsCompletedSuccessfully: true } left => $"the client is disconnected ({left.GetAwaiter().GetResult()})",
        _ => Connected ? "the client is connected" : "the client is not connected",
    };
}
