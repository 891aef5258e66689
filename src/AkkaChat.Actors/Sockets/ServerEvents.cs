using System.Collections.Concurrent;
using AkkaChat.Handlers;
using AkkaChat.Nodes;

namespace AkkaChat.Sockets;

/// <summary>The events of one namespace that servers send to each other, never to clients. Thread-safe.</summary>
internal sealed class ServerEvents(Namespace owner)
{
    private readonly ConcurrentDictionary<string, Func<EventArguments, Task<object?>>> _handlers = new(1, 3, StringComparer.Ordinal);

    public void Handle(string eventName, Func<EventArguments, Task<object?>> handler)
    {
        EventName.Check(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        _handlers[eventName] = handler;
    }

    /// <summary>Asks all other nodes.</summary>
    public async Task<Gathered<EventArguments>> EmitAsync(string eventName, object?[]? arguments)
    {
        EventName.Check(eventName);
        var server = owner.Server;
        var request = new NodeRequest.ServerEvent(owner.Name, eventName, owner.Serializer.Arguments(arguments ?? [null]));
        var answers = PeerAnswers.Of(await server.Peers.AskAsync(request, null, server.Settings.CallTimeout, CancellationToken.None));
        return new Gathered<EventArguments>(
            [.. answers.Replies.OfType<NodeReply.ServerAnswer>().Select(answer => new EventArguments(answer.Arguments, owner.Serializer))],
            answers.Missing);
    }

    /// <summary>Runs the handler of this node; null if there is none, or if it throws, which is logged here.</summary>
    public async Task<ArgumentData?> AnswerAsync(string eventName, ArgumentData arguments)
    {
        if (!_handlers.TryGetValue(eventName, out var handler))
        {
            return null;
        }

        try
        {
            var result = await handler(new EventArguments(arguments, owner.Serializer));
            return owner.Serializer.Arguments(NoValue.ToArguments(result));
        }
        catch (Exception exception)
        {
            owner.Server.Log.ServerEventFailed(exception, eventName, owner.Name);
            return null;
        }
    }
}
