using AkkaChat.Stores;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives rooms logs in memory.</summary>
public static class MemoryRoomLogs
{
    /// <summary>Adds logs that are in memory and gone with the process.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="maxBytes">The most that all logs together take; default 64 MiB.</param>
    public static IServiceCollection AddMemoryRoomLogs(this IServiceCollection services, long maxBytes = 64 << 20) =>
        services.AddSingleton<IRoomLogStore>(_ => new MemoryRoomLogStore(maxBytes));
}
