using System.Buffers.Binary;
using AkkaChat.Ownership;
using AkkaChat.Rooms;
using AkkaChat.Tests.Support;
using AkkaChat.Wire;
using FsCheck.Fluent;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Wire;

public class WireFormatTests
{
    private static readonly string[] Manifests = ["at", "pu", "ac", "pr", "re", "en", "as", "de", "ag", "rs"];

    private static readonly Epoch Epoch = new(3, new Incarnation("node", 7));

    private static readonly RoomAddress Room = new("/", new RoomName("lobby"));

    [Fact]
    public void Every_message_is_read_as_it_was_written() =>
        Properties.ForAll(Envelopes.All, envelope => Envelopes.AssertSame(envelope, Read(envelope)), runs: 2_000);

    [Fact]
    public void Every_message_has_a_manifest_of_its_own()
    {
        var messages = typeof(OwnershipMessages).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
            .Count(type => type is { IsAbstract: false, IsValueType: false });

        Assert.Equal(messages, Manifests.Distinct().Count());
    }

    [Fact]
    public void A_message_that_is_cut_short_is_refused() =>
        Properties.ForAll(
            Envelopes.All,
            envelope =>
            {
                var bytes = WireFormat.Write(envelope);
                for (var length = 0; length < bytes.Length; length++)
                {
                    Assert.False(TryRead(WireFormat.ManifestOf(envelope), bytes[..length]));
                }
            });

    [Fact]
    public void Random_bytes_throw_nothing() =>
        Properties.ForAll(
            from manifest in Gen.Elements(Manifests.Append("").Append("xx").ToArray())
            from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
            select (manifest, bytes),
            input => TryRead(input.manifest, [WireFormat.Version, .. input.bytes]),
            runs: 2_000);

    [Fact]
    public void Damaged_messages_throw_nothing() =>
        Properties.ForAll(
            from envelope in Envelopes.All
            from manifest in Gen.Elements(Manifests)
            from place in Gen.Choose(0, int.MaxValue)
            from value in Gen.Choose(0, 255)
            select (envelope, manifest, place, value),
            input =>
            {
                var bytes = WireFormat.Write(input.envelope);
                bytes[input.place % bytes.Length] = (byte)input.value;
                TryRead(WireFormat.ManifestOf(input.envelope), bytes);
                TryRead(input.manifest, bytes);
            },
            runs: 2_000);

    [Fact]
    public void A_count_that_the_bytes_cannot_hold_takes_no_memory()
    {
        var bytes = WireFormat.Write(new RelayEnvelope(Room, null, new Deliver(Epoch, 0, [])));
        byte[] claiming = [.. bytes[..^1], 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        GrowLastRecord(claiming, by: 4);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(TryRead("de", claiming));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void What_the_next_version_adds_at_the_end_of_a_message_is_skipped()
    {
        var envelope = new RelayEnvelope(Room, Epoch.Owner, new Attending(Epoch, 4, 5));
        byte[] bytes = [.. WireFormat.Write(envelope), 1, 2, 3];
        GrowLastRecord(bytes, by: 3);
        bytes[0] = WireFormat.Version + 1;

        Assert.True(WireFormat.TryRead("ag", bytes, out var read));
        Assert.Equal(envelope, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WireFormat.Version + 2)]
    public void A_version_that_is_not_adjacent_is_refused(byte version)
    {
        var bytes = WireFormat.Write(new RelayEnvelope(Room, null, new Ask(Epoch)));
        bytes[0] = version;

        Assert.False(TryRead("as", bytes));
    }

    [Fact]
    public void Payloads_are_passed_through_as_they_are()
    {
        byte[] payload = [0, 1, 2, 0xFF, (byte)'"'];
        var publish = new Publish(new RelayHeader(new Incarnation("node", 1), Epoch, 0), 1, 0, RoomContent.Payload(payload));

        Assert.True(WireFormat.Write(new OwnerEnvelope(Room, null, publish)).AsSpan().IndexOf(payload) > 0);
    }

    [Fact]
    public void A_fan_out_is_encoded_once()
    {
        var entry = new RoomEntry(1, new PublishId(Epoch.Owner, 1), RoomContent.Payload(new byte[100_000]));
        var deliver = new Deliver(Epoch, 0, [entry]);
        WireFormat.Write(new RelayEnvelope(Room, Epoch.Owner, deliver));

        var before = GC.GetAllocatedBytesForCurrentThread();
        WireFormat.Write(new RelayEnvelope(Room, new Incarnation("other", 1), deliver));

        // The message and the buffer it is put together in; encoding it again would take two more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 100_000, 250_000);
    }

    /// <summary>The last record of all these messages is their body: its length stands behind the address.</summary>
    private static void GrowLastRecord(byte[] bytes, int by)
    {
        var address = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(1));
        var body = bytes.AsSpan(1 + sizeof(int) + address);
        BinaryPrimitives.WriteInt32LittleEndian(body, BinaryPrimitives.ReadInt32LittleEndian(body) + by);
    }

    private static RoomEnvelope Read(RoomEnvelope envelope)
    {
        Assert.True(WireFormat.TryRead(WireFormat.ManifestOf(envelope), WireFormat.Write(envelope), out var read));
        return read;
    }

    private static bool TryRead(string manifest, byte[] bytes) => WireFormat.TryRead(manifest, bytes, out _);
}
