using AkkaChat.Stores;
using AkkaChat.Stores.Sqlite;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives rooms logs in an SQLite file.</summary>
public static class SqliteRoomLogs
{
    /// <summary>
    /// Adds logs in an SQLite file, which is made if it is not there. One server can use it at a time, or the nodes of one
    /// cluster if all are on the file's machine.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="path">The file, such as <c>data/rooms.db</c>; its folder is made too.</param>
    public static IServiceCollection AddSqliteRoomLogs(this IServiceCollection services, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddSingleton<IRoomLogStore>(_ => new SqliteRoomLogStore(path));
    }
}
