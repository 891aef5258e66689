using AkkaChat.Stores;
using AkkaChat.Stores.PostgreSql;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives rooms logs in a PostgreSQL database.</summary>
public static class PostgreSqlRoomLogs
{
    /// <summary>
    /// Adds logs in a PostgreSQL database, whose tables are made if they are not there. The server that started last is the
    /// one that writes them.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Such as <c>Host=db;Database=chat;Username=chat;Password=...</c>.</param>
    public static IServiceCollection AddPostgreSqlRoomLogs(this IServiceCollection services, string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return services.AddSingleton<IRoomLogStore>(_ => new PostgreSqlRoomLogStore(connectionString));
    }
}
