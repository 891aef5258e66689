using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Chat;

/// <summary>What the socket side of the chat is made of.</summary>
internal static class ChatServices
{
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
        .AddSingleton<FirstRoom>()
        .AddSingleton<ChatVisits>()
        .AddSingleton<MessageCommands>()
        .AddSingleton<ReadingCommands>()
        .AddSingleton<RoomCommands>()
        .AddSingleton<MemberCommands>()
        .AddSingleton<PeopleCommands>()
        .AddSingleton<ChatServer>();
}
