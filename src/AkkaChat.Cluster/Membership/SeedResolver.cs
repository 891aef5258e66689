using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace AkkaChat.Membership;

/// <summary>
/// Finds the addresses of seeds. A name stands for all its addresses, in an order that all nodes find: the first of the
/// list is the one that may form a cluster.
/// </summary>
internal sealed class SeedResolver(IReadOnlyList<DnsEndPoint> seeds, Address self, MembershipLog log)
{
    /// <summary>Where the seeds are at present; those whose names have no address are left out.</summary>
    public async Task<IReadOnlyList<Address>> ResolveAsync()
    {
        var found = new List<Address>();
        foreach (var seed in seeds)
        {
            found.AddRange((await AddressesOfAsync(seed)).Select(address => self.WithHost(address.ToString()).WithPort(seed.Port)));
        }

        return [.. found.Distinct()];
    }

    private async Task<IEnumerable<IPAddress>> AddressesOfAsync(DnsEndPoint seed)
    {
        if (IPAddress.TryParse(seed.Host, out var literal))
        {
            return [literal];
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(seed.Host);
            return addresses.Where(IsOfTheSameKind).OrderBy(address => Convert.ToHexString(address.GetAddressBytes()), StringComparer.Ordinal);
        }
        catch (SocketException exception)
        {
            log.SeedUnknown(seed.Host, exception.Message);
            return [];
        }
    }

    /// <summary>A node has one address; a name may have one of each kind for every node.</summary>
    private bool IsOfTheSameKind(IPAddress address) =>
        !IPAddress.TryParse(self.Host, out var own) || own.AddressFamily == address.AddressFamily;
}
