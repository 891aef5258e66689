using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using AkkaChat.Rooms;

namespace AkkaChat.Wire;

/// <summary>A room among those of all namespaces: what its owner is found by in the cluster.</summary>
internal readonly record struct RoomAddress(string Namespace, RoomName Room)
{
    /// <summary>
    /// The room's name for sharding. Names are arbitrary strings; here they have letters, digits, <c>-</c> and <c>_</c>
    /// only, so that dots can separate and paths can hold them. Different rooms have different ids.
    /// </summary>
    public string EntityId =>
        Room.Value is { } name ? $"r.{Encode(Namespace)}.{Encode(name)}" : $"n.{Encode(Namespace)}";

    /// <summary>
    /// The shard a room is in. All nodes and all versions must find the same one, so it is FNV-1a, which is written down,
    /// and no hash code of the run time's.
    /// </summary>
    public static string ShardOf(string entityId, int shards)
    {
        var hash = 2_166_136_261u;
        foreach (var unit in entityId)
        {
            hash = unchecked((hash ^ (byte)unit) * 16_777_619u);
        }

        return (hash % (uint)shards).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace} {Room}";

    private static string Encode(string name) =>
        WireText.HasUtf8(name) ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name)) : "~" + Base64Url.EncodeToString(Units(name));

    private static byte[] Units(string name)
    {
        var bytes = new byte[name.Length * sizeof(char)];
        for (var i = 0; i < name.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(char)), name[i]);
        }

        return bytes;
    }
}
