using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using AkkaChat.Host.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace AkkaChat.Host.Http;

/// <summary>How often one address may try what strangers would try often.</summary>
internal static class RequestLimits
{
    public const string Logins = "logins";
    public const string Registrations = "registrations";

    private const int Minute = 60;
    private const int NetworkBytes = 8;

    public static void Add(IServiceCollection services, ChatSettings settings) => services.AddRateLimiter(limiter =>
    {
        AddPolicy(limiter, Logins, settings.LoginsPerMinute);
        AddPolicy(limiter, Registrations, settings.RegistrationsPerMinute);
        limiter.OnRejected = static (rejected, _) => new ValueTask(RefusalOf(rejected.Lease).ExecuteAsync(rejected.HttpContext));
    });

    /// <summary>Whose tries count together: an IPv6 address is one of a network that belongs to one line.</summary>
    internal static string PartitionOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };

    private static void AddPolicy(RateLimiterOptions limiter, string name, int perMinute) =>
        limiter.AddPolicy(name, context => RateLimitPartition.GetFixedWindowLimiter(
            PartitionOf(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromSeconds(Minute) }));

    private static Refusal RefusalOf(RateLimitLease lease)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? (int)Math.Ceiling(wait.TotalSeconds) : Minute;
        return new(
            StatusCodes.Status429TooManyRequests, "too_many", "Too many tries from your address. Wait a minute.", RetryAfter: seconds);
    }
}
