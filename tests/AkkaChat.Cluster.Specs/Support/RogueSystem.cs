using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using AkkaChat.Rooms;
using AkkaChat.Sharding;
using AkkaChat.Wire;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>Somebody who reaches the remoting port, and writes what no node would.</summary>
internal sealed class RogueSystem : IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("rogue", ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = remote
          actor.serializers.rogue = "{{typeof(Scribbler).AssemblyQualifiedName}}"
          actor.serialization-bindings."AkkaChat.Wire.RoomEnvelope, AkkaChat.Cluster" = rogue
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """));

    /// <summary>Sends bytes as a message of the wire; completes when the node has answered something behind it.</summary>
    public async Task SendAsync(ClusterNode node, string manifest, byte[] bytes)
    {
        var address = Akka.Cluster.Cluster.Get(node.System).SelfAddress;
        var rooms = ((ExtendedActorSystem)_system).Provider.ResolveActorRef(new RootActorPath(address) / "user" / ClusterNode.Application.Rooms);
        rooms.Tell(new Scribble(manifest, bytes));
        var identity = await rooms.Ask<ActorIdentity>(new Identify(manifest), TimeSpan.FromSeconds(10));
        Assert.NotNull(identity.Subject);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate().WaitAsync(TimeSpan.FromSeconds(20));

    private sealed record Scribble(string Manifest, byte[] Bytes) : RoomEnvelope(new RoomAddress("/", RoomName.Everyone), null)
    {
        public override string Sender => "rogue";
    }

    /// <summary>Under the number of the real serializer.</summary>
    [SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
    private sealed class Scribbler(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => new WireSerializer(system).Identifier;

        public override string Manifest(object o) => ((Scribble)o).Manifest;

        public override byte[] ToBinary(object obj) => ((Scribble)obj).Bytes;

        public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException();
    }
}
