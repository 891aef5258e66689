using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Settings;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Transfer;
using AkkaChat.Stores.PostgreSql;
using AkkaChat.Stores.Sqlite;
using AkkaChat.Stores;

namespace AkkaChat.Host.Chat;

/// <summary>What the socket side of the chat is made of.</summary>
internal static class ChatServices
{
    /// <summary>What the chat needs of the server.</summary>
    public static void Configure(AkkaChatOptions options)
    {
        options.JsonSerializerOptions = ChatJson.Options;
        options.RoomLogLimits = (_, _) => RoomChanges.Limits;
    }

    /// <summary>Adds the logs of rooms, where the chat's other data is.</summary>
    public static IServiceCollection AddChatLogs(this IServiceCollection services) => services.AddSingleton<IRoomLogStore>(given =>
    {
        var settings = given.GetRequiredService<ChatSettings>();
        return settings.Database is { } database ? new PostgreSqlRoomLogStore(database) : new SqliteRoomLogStore(settings.RoomLogFile);
    });

    /// <summary>Adds the handlers and what they stand on, but for accounts.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddSingleton<RoomStore>()
        .AddSingleton<MemberStore>()
        .AddSingleton<MessageProjector>()
        .AddSingleton<MessageStore>()
        .AddSingleton<RoomChanges>()
        .AddSingleton<FileClaims>()
        .AddSingleton<Gatekeeper>()
        .AddSingleton<RoomAnnouncer>()
        .AddSingleton<RoomRemoval>()
        .AddSingleton<Departure>()
        .AddSingleton<FirstRoom>()
        .AddSingleton<ChatVisits>()
        .AddSingleton<MessageCommands>()
        .AddSingleton<ReadingCommands>()
        .AddSingleton<RoomCommands>()
        .AddSingleton<MemberCommands>()
        .AddSingleton<PeopleCommands>()
        .AddSingleton<RoomExport>()
        .AddSingleton<RoomImport>()
        .AddSingleton<ImportedPeople>()
        .AddSingleton<TransferEndpoints>()
        .AddSingleton<ChatServer>();
}
