using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>
/// Akka.NET's way to <see cref="WireFormat"/> and <see cref="PeerFormat"/>. What cannot be read is an error that costs that
/// message only; no type is ever named by what comes in.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier => 4_053_001;

    /// <inheritdoc/>
    public override string Manifest(object o) =>
        o is PeerMessage message ? PeerFormat.ManifestOf(message) : WireFormat.ManifestOf((RoomEnvelope)o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        obj is PeerMessage message ? PeerFormat.Write(message) : WireFormat.Write((RoomEnvelope)obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        WireFormat.TryRead(manifest, bytes, out var envelope) ? envelope
        : PeerFormat.TryRead(manifest, bytes, out var message) ? message
        : throw new SerializationException($"{bytes.Length} bytes under the manifest '{manifest}' are no message of AkkaChat's, or of a version too far away.");
}
