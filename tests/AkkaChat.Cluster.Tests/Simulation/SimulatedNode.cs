using AkkaChat.Cluster.Tests.Histories;
using AkkaChat.Ownership;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>
/// One node: it hosts a relay and perhaps an owner of the one room there is, as the actors will. What it does beyond
/// passing messages on is the hosts' part of the protocol, see decision 0003.
/// </summary>
internal sealed class SimulatedNode(string name, SimulatedCluster cluster)
{
    private readonly HashSet<string> _clients = [];
    private readonly Dictionary<long, string> _publishes = [];
    private long _incarnations;
    private Epoch? _promised;

    public string Name { get; } = name;

    public bool IsAlive { get; set; } = true;

    public TimeSpan PausedUntil { get; set; }

    /// <summary>The node that it believes to be the room's home.</summary>
    public string Home { get; set; } = "";

    /// <summary>The members of the cluster as this node sees them, until they are removed.</summary>
    public HashSet<string> Members { get; init; } = [];

    /// <summary>Nodes it has seen as down: it takes nothing from them any more.</summary>
    public HashSet<string> Down { get; init; } = [];

    public RoomRelay? Relay { get; private set; }

    public RoomOwner? Owner { get; private set; }

    private Sabotage Sabotage => cluster.Sabotage;

    private TimeSpan Now => cluster.Network.Now;

    /// <summary>Runs something that has arrived, unless the node is dead, or later if it stands still.</summary>
    public void Arrive(string from, Action action)
    {
        if (!IsAlive || Down.Contains(from))
        {
            return;
        }

        if (Now < PausedUntil)
        {
            cluster.Network.After((PausedUntil - Now).TotalMilliseconds, () => Arrive(from, action));
            return;
        }

        action();
    }

    public void Join(string client)
    {
        if (Sabotage.JoinAtOnce)
        {
            Run([new RelayEffect.Joined(client)]);
        }

        Run(TheRelay().Join(client, Now));
    }

    public void Leave(string client)
    {
        if (_clients.Remove(client))
        {
            cluster.Trace($"{Name}: {client} leaves");
            cluster.History.Leave(client);
        }

        Run(TheRelay().Leave(client, Now));
    }

    public void Publish(string content)
    {
        var relay = TheRelay();
        var effects = relay.Publish(new RoomPayload(content, 10), Now, out var number);
        cluster.Trace($"{Name}: publish {content} is {relay.Self}#{number}");
        cluster.History.Publish(content, Name, relay.Self.ToString(), number);
        if (number == 0)
        {
            cluster.History.Settle(content, RoomHistory.Outcome.NeverSent);
            return;
        }

        _publishes[number] = content;
        Run(effects);
    }

    public void Tick()
    {
        if (Relay is { } relay)
        {
            Run(relay.Tick(Now));
            if (relay.CanEnd(Now) || (Sabotage.EndAnytime && _clients.Count == 0))
            {
                EndRelay(relay);
            }
        }

        if (Owner is { } owner)
        {
            Run(owner, owner.Tick(Now));
        }
    }

    public void EndOwner() => Owner = null;

    /// <summary>An idle owner stops, as sharding lets it.</summary>
    public void PassivateOwner()
    {
        if (Owner is { CanEnd: true })
        {
            EndOwner();
        }
    }

    public void MembersChanged()
    {
        if (Owner is { } owner)
        {
            Run(owner, owner.SetNodes(Nodes(), Now));
        }
    }

    /// <summary>A message by way of sharding: it makes an owner if this node believes that the room is here.</summary>
    public void ToHome(ToOwner message)
    {
        if (Owner is null && Home == Name)
        {
            var owner = Owner = new RoomOwner(NewIncarnation(), cluster.Settings);
            cluster.Trace($"{Name}: owner {owner.Self} starts");
            Run(owner, owner.Start(Nodes(), message.From.Promised, Now));
        }

        ToOwner(message);
    }

    /// <summary>A message for the owner that lives here, if that one still does.</summary>
    public void ToOwner(ToOwner message, Incarnation? only = null)
    {
        if (Owner is { } owner && (only is null || only == owner.Self))
        {
            Run(owner, owner.Receive(Sabotage.ToOwner(message), Now));
        }
    }

    public void OnAsk(Ask ask)
    {
        if (Owner is { } owner && owner.Self != ask.Epoch.Owner && !Sabotage.HideRivals)
        {
            Run(owner, owner.OnRival(ask));
            if (Owner is not null)
            {
                return;
            }
        }

        _promised = ask.Epoch > (_promised ?? Epoch.None) ? ask.Epoch : _promised;
        Run(TheRelay().Receive(ask, Now));
    }

    public void ToRelay(Incarnation target, ToRelay message)
    {
        if (Relay is { } relay && relay.Self == target)
        {
            _promised ??= message.Epoch;
            var followed = Sabotage.IgnoreEpochs ? message with { Epoch = _promised.Value } : message;
            Run(relay.Receive(Sabotage.ToRelay(followed), Now));
        }
        else
        {
            Reply(message.Epoch.Owner, new Ended(target));
        }
    }

    private RoomRelay TheRelay() => Relay ??= new RoomRelay(NewIncarnation(), cluster.Settings);

    private void EndRelay(RoomRelay relay)
    {
        cluster.Trace($"{Name}: relay {relay.Self} ends");
        _publishes.Clear();
        _promised = null;
        Relay = null;
    }

    private Incarnation NewIncarnation() => new(Name, ++_incarnations);

    private HashSet<string> Nodes() => Sabotage.AskOneself ? [Name] : [.. Members];

    private void Run(IReadOnlyList<RelayEffect> effects)
    {
        foreach (var effect in Sabotage.Effects(effects))
        {
            Run(effect);
        }
    }

    private void Run(RelayEffect effect)
    {
        switch (effect)
        {
            case RelayEffect.Send send:
                cluster.Send(Name, Home, node => node.ToHome(send.Message), send.Message);
                break;
            case RelayEffect.Reply reply:
                Reply(reply.Owner, reply.Message);
                break;
            case RelayEffect.Deliver deliver:
                Deliver(deliver.Entry);
                break;
            case RelayEffect.Joined joined when _clients.Add(joined.Member):
                cluster.Trace($"{Name}: {joined.Member} is in");
                cluster.History.Join(joined.Member, Name);
                break;
            case RelayEffect.Confirmed confirmed:
                Settle(confirmed.Number, RoomHistory.Outcome.Confirmed);
                break;
            case RelayEffect.Failed failed:
                Settle(failed.Number, failed.MayAppear ? RoomHistory.Outcome.Unknown : RoomHistory.Outcome.NeverSent);
                break;
        }
    }

    private void Run(RoomOwner owner, IReadOnlyList<OwnerEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case OwnerEffect.AskNode ask:
                    cluster.Send(Name, ask.Node, node => node.OnAsk(ask.Message), ask.Message);
                    break;
                case OwnerEffect.Send send:
                    cluster.Send(Name, send.Relay.Node, node => node.ToRelay(send.Relay, send.Message), send.Message);
                    break;
                case OwnerEffect.Reply reply:
                    Reply(reply.Owner, reply.Message);
                    break;
                case OwnerEffect.StepDown:
                    cluster.Trace($"{Name}: owner {owner.Self} steps down");
                    cluster.Reached.Add("step down");
                    EndOwner();
                    break;
            }
        }
    }

    private void Reply(Incarnation owner, ToOwner message) =>
        cluster.Send(Name, owner.Node, node => node.ToOwner(message, only: owner), message);

    private void Deliver(RoomEntry entry)
    {
        cluster.Trace($"{Name}: delivers {entry.Sequence} {entry.Payload!.Content} to [{string.Join(' ', _clients)}]");
        foreach (var client in _clients)
        {
            cluster.History.Deliver(client, (string)entry.Payload.Content);
        }
    }

    private void Settle(long number, RoomHistory.Outcome outcome)
    {
        if (_publishes.Remove(number, out var content))
        {
            cluster.Trace($"{Name}: {content} {outcome}");
            cluster.History.Settle(content, outcome);
        }
    }
}
