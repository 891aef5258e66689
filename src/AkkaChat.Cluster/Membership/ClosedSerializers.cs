using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;

#pragma warning disable SA1402, MA0048 // They are one list: what of Akka.NET's own serializers is closed, and why.
namespace AkkaChat.Membership;

/// <summary>
/// Stands in for one of Akka.NET's serializers that make objects of whatever type the wire names. Nothing of AkkaChat's or
/// of the parts of Akka.NET that it uses needs them, so whoever sends such bytes is no node of ours.
/// </summary>
internal abstract class ClosedSerializer(ExtendedActorSystem system, int identifier, string what) : Serializer(system)
{
    /// <inheritdoc/>
    public override int Identifier { get; } = identifier;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw new SerializationException(
        $"{obj.GetType()} has no form on the wire. Nodes of AkkaChat send {what} to nobody; bind a serializer of your own to the type.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException($"Nodes of AkkaChat take {what} from nobody.");
}

/// <summary>Newtonsoft.Json with type names.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class ClosedJson(ExtendedActorSystem system, Config settings) : ClosedSerializer(system, 1, "polymorphic JSON")
{
    /// <summary>What the configuration says of the one it stands in for.</summary>
    public Config Settings { get; } = settings;
}

/// <summary>Protocol Buffers messages of any type.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class ClosedProtobuf(ExtendedActorSystem system) : ClosedSerializer(system, 2, "bare Protocol Buffers messages");

/// <summary>Remote deployment: actors of any type with any arguments.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class ClosedDeployment(ExtendedActorSystem system) : ClosedSerializer(system, 3, "remote deployments");

/// <summary>
/// What remoting says about itself: who is there, and that it lives. Without exceptions, which would be made of the type
/// that the wire names, configurations and routers; and without orders to stop an actor.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class RemotingMessages(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly string[] Accepted = ["ID", "AID", "AR", "RWHB", "RWHR"];

    private readonly MiscMessageSerializer _inner = new(system);

    /// <inheritdoc/>
    public override int Identifier => 16;

    /// <inheritdoc/>
    public override string Manifest(object o) => _inner.Manifest(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Accepted.Contains(manifest)
        ? _inner.FromBinary(bytes, manifest)
        : throw new SerializationException($"Nodes of AkkaChat take no message '{manifest}' of remoting's from anybody.");
}

/// <summary>Death watch, which is all that nodes of AkkaChat do with each other's actors.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class DeathWatchMessages(ExtendedActorSystem system) : Serializer(system)
{
    private static readonly Type[] Accepted = [typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification)];

    private readonly SystemMessageSerializer _inner = new(system);

    /// <inheritdoc/>
    public override int Identifier => 22;

    /// <inheritdoc/>
    public override bool IncludeManifest => true;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) => Accepted.Contains(type)
        ? _inner.FromBinary(bytes, type)
        : throw new SerializationException($"Nodes of AkkaChat take no system message {type} from anybody.");
}
