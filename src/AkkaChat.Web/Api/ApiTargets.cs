using System.Text;
using AkkaChat.Delivery;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Sockets;

namespace AkkaChat.Web.Api;

/// <summary>
/// From the names in a request to the sockets they stand for. What comes from outside is checked more strictly than what
/// the application says: nobody is reached by the server's own rooms, and a target that was left out is a mistake.
/// </summary>
internal sealed class ApiTargets(AkkaChatServer server)
{
    private readonly int _maxLength = server.Settings.ProtocolLimits.MaxNameLength;

    /// <summary>The namespace of that name; the main one for null.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public async Task<Namespace> NamespaceAsync(string? name)
    {
        name = name is ['/', ..] ? name : "/" + name;
        return server.FindNamespace(name) ?? await OfOtherNodesAsync(name) ?? throw ApiException.UnknownNamespace(name);
    }

    /// <summary>The sockets that a command concerns.</summary>
    /// <exception cref="ApiException">A name cannot be, or nobody or everybody is meant without being said.</exception>
    public async Task<IBroadcaster> SelectAsync(TargetRequest request)
    {
        var names = Names(request.Rooms, "rooms");
        var users = Names(request.Users, "users");
        var ids = Ids(request.SocketIds, "socketIds");
        var hasTarget = names is not null || users is not null || ids is not null;
        if (hasTarget == request.Everybody)
        {
            throw ApiException.Invalid("everybody", hasTarget
                ? "'everybody' and 'rooms', 'users' or 'socketIds' contradict each other. Give one or the other."
                : "Nobody is named. Give 'rooms', 'users' or 'socketIds', or \"everybody\": true for all of the namespace.");
        }

        var except = Names(request.Except, "except") ?? [];
        var all = await NamespaceAsync(request.Namespace);
        return Select(all, hasTarget, [.. names ?? [], .. ids ?? []], users ?? []).Except(except);
    }

    /// <summary>The sockets that a question is about: all, if none are named.</summary>
    /// <exception cref="ApiException">A name cannot be.</exception>
    public async Task<IBroadcaster> SelectAsync(ApiQuery query)
    {
        var names = Names(query.Texts("room"), "room");
        var users = Names(query.Texts("user"), "user");
        var except = Names(query.Texts("except"), "except") ?? [];
        var all = await NamespaceAsync(query.Text("namespace"));
        return Select(all, names is not null || users is not null, names ?? [], users ?? []).Except(except);
    }

    /// <summary>The names of rooms that sockets are to join or leave.</summary>
    /// <exception cref="ApiException">There are none, or no room can have such a name.</exception>
    public string[] Rooms(IReadOnlyList<string?>? names, string field)
    {
        var rooms = Names(names, field) ?? throw ApiFields.Wrong(field);
        var id = Array.FindIndex(rooms, SocketId.IsId);
        return id < 0 ? rooms : throw ApiException.Invalid(
            $"{field}[{id}]", $"'{field}[{id}]' has the form of a socket id, and no room is named so.");
    }

    /// <summary>The name of an event.</summary>
    /// <exception cref="ApiException">It is missing, too long or reserved.</exception>
    public string Event(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw ApiFields.Wrong("event");
        }

        return !ReservedEvents.Contains(name)
            ? Short(name, "event")
            : throw ApiException.Invalid("event", $"'{name}' is reserved: clients use it for events of their own.");
    }

    private static IBroadcaster Select(Namespace all, bool hasTarget, string[] names, string[] users) =>
        hasTarget ? all.ToUser(users).To(names) : all;

    /// <summary>
    /// In a cluster a dynamic namespace may be on other nodes only. It comes into being here if the rule lets in a client
    /// without an auth payload.
    /// </summary>
    private async ValueTask<Namespace?> OfOtherNodesAsync(string name) =>
        server.Settings.Cluster.Node is null || Encoding.UTF8.GetByteCount(name) > _maxLength
            ? null
            : await server.ResolveNamespaceAsync(name, EventArgument.EmptyObject);

    private string[]? Ids(IReadOnlyList<string?>? ids, string field)
    {
        var all = Names(ids, field);
        var wrong = all is null ? -1 : Array.FindIndex(all, id => !SocketId.IsId(id));
        return wrong < 0 ? all : throw ApiException.Invalid(
            $"{field}[{wrong}]", $"'{field}[{wrong}]' is no socket id. A socket id is what socket.id is at the client.");
    }

    private string[]? Names(IReadOnlyList<string?>? names, string field) =>
        names is null ? null : [.. names.Select((name, index) => Name(name, $"{field}[{index}]"))];

    private string Name(string? name, string place)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw ApiFields.Wrong(place);
        }

        return !TargetName.IsInternal(name)
            ? Short(name, place)
            : throw ApiException.Invalid(place, $"'{place}' is not accepted: no name begins with the character U+0000.");
    }

    private string Short(string name, string place) => Encoding.UTF8.GetByteCount(name) <= _maxLength
        ? name
        : throw ApiException.Invalid(place, $"'{place}' is longer than {_maxLength} bytes (akkachat.max-name-length).");
}
