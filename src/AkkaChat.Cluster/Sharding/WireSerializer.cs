using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>
/// Akka.NET's way to <see cref="WireFormat"/>. What cannot be read is an error that costs that message only; no type is
/// ever named by what comes in.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier => 4_053_001;

    /// <inheritdoc/>
    public override string Manifest(object o) => WireFormat.ManifestOf((RoomEnvelope)o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => WireFormat.Write((RoomEnvelope)obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        WireFormat.TryRead(manifest, bytes, out var envelope)
            ? envelope
            : throw new SerializationException($"{bytes.Length} bytes under the manifest '{manifest}' are no message of AkkaChat's, or of a version too far away.");
}
