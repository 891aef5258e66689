using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Administration;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>The chat's socket side with a database of its own in a temporary folder, and people who are logged in.</summary>
internal sealed class ChatWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ChatDatabase _database;

    private readonly string? _connection;

    private ChatWorld(DirectoryInfo folder, string? connection, ChatDatabase database, ChatTestServer server, Fault fault) =>
        (_folder, _connection, _database, Server, Fault) = (folder, connection, database, server, fault);

    public ChatTestServer Server { get; }

    /// <summary>Lets something that the application asks of the server fail.</summary>
    public Fault Fault { get; }

    /// <param name="connection">A PostgreSQL database of its own; null: SQLite.</param>
    public static Task<ChatWorld> StartAsync(string? connection = null) =>
        StartAsync(Directory.CreateTempSubdirectory("akkachat-world-"), connection);

    /// <summary>Somebody new, on their first device.</summary>
    public async Task<ChatPerson> SignUpAsync(string name, string role = SiteRole.Member, bool isGuest = false)
    {
        var id = $"id-{name}".ToUpperInvariant();
        await _database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO accounts (id, name, name_key, role, is_guest, created_at) VALUES (@id, @name, @key, @role, @guest, 0)",
            new { id, name, key = ChatRules.KeyOf(name), role, guest = isGuest ? 1 : 0 }));
        return await ConnectAsync(id, name);
    }

    /// <summary>The same person on another device.</summary>
    public Task<ChatPerson> AgainAsync(ChatPerson person) => ConnectAsync(person.Id, person.Name);

    /// <summary>The server ends, and another one starts with the same data, or what is left of it.</summary>
    public async Task<ChatWorld> RestartAsync(string? lose = null)
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in lose is null ? [] : _folder.GetFiles($"{lose}*"))
        {
            file.Delete();
        }

        return await StartAsync(_folder, _connection);
    }

    /// <summary>Looks into the database.</summary>
    public Task<T?> FindAsync<T>(string sql) => _database.ReadAsync(session => session.FindAsync<T>(sql));

    /// <summary>Changes the database.</summary>
    public Task ExecuteAsync(string sql, object? parameters = null) =>
        _database.WriteAsync(session => session.ExecuteAsync(sql, parameters));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task<ChatWorld> StartAsync(DirectoryInfo folder, string? connection)
    {
        var database = new ChatDatabase(connection is null
            ? new SqliteDialect(Path.Combine(folder.FullName, "chat.db"))
            : new PostgreSqlDialect(connection));
        await database.OpenAsync();
        var fault = new Fault();
        var server = await ChatTestServer.StartAsync(
            configure: ChatServices.Configure,
            services: services =>
            {
                FaultyChat.AddTo(services, fault);
                AddLogs(services, folder, connection)
                    .AddSingleton(database)
                    .AddSingleton<AccountStore>()
                    .AddSingleton<Logins>()
                    .AddSingleton<SignOut>()
                    .AddSingleton<AuditLog>()
                    .AddChat();
            });
        server.Services.GetRequiredService<ChatServer>().Map();
        return new ChatWorld(folder, connection, database, server, fault);
    }

    private static IServiceCollection AddLogs(IServiceCollection services, DirectoryInfo folder, string? connection) => connection is null
        ? services.AddSqliteRoomLogs(Path.Combine(folder.FullName, "rooms.db"))
        : services.AddPostgreSqlRoomLogs(connection);

    private async Task<ChatPerson> ConnectAsync(string id, string name)
    {
        var (_, token) = await Server.Services.GetRequiredService<Logins>().CreateAsync(id, Login.Program, "test");
        var client = await Server.ConnectAsync(auth: new { token });
        return new ChatPerson(id, name, token, client, await client.ExpectAsync<JsonElement>("welcome"));
    }
}

/// <summary>A person on one device.</summary>
internal sealed record ChatPerson(string Id, string Name, string Token, TestClient Client, JsonElement Welcome)
{
    /// <summary>The id of one of the rooms they had when they connected.</summary>
    public string Room(string name) => Welcome.GetProperty("rooms").EnumerateArray()
        .Single(room => room.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    /// <summary>Asks for something that is done.</summary>
    public async Task<JsonElement> DoAsync(string eventName, object request)
    {
        var reply = await Client.CallAsync<JsonElement>(eventName, request);
        Assert.True(reply.GetProperty("ok").GetBoolean(), $"{Name} may {eventName}, but the answer was {reply}.");
        return reply;
    }

    /// <summary>Asks for something that is refused, and tells the code.</summary>
    public async Task<string> RefusedAsync(string eventName, object request)
    {
        var reply = await Client.CallAsync<JsonElement>(eventName, request);
        Assert.False(reply.GetProperty("ok").GetBoolean(), $"{Name} may not {eventName}, but the answer was {reply}.");
        Assert.NotEmpty(reply.GetProperty("error").GetString()!);
        return reply.GetProperty("code").GetString()!;
    }

    public Task<JsonElement> SayAsync(string room, string text, string? key = null) =>
        DoAsync("say", new { room, text, key = key ?? Guid.NewGuid().ToString("N") });

    /// <summary>The next change of that kind that this device is told of, with its offset.</summary>
    public async Task<(JsonElement Change, long Offset)> ExpectChangeAsync(string kind)
    {
        while (true)
        {
            var told = await Client.ExpectAsync("change");
            if (told.Argument<JsonElement>(1).GetProperty("kind").GetString() == kind)
            {
                return (told.Argument<JsonElement>(1), told.Argument<JsonElement>(2).GetProperty("offset").GetInt64());
            }
        }
    }

    /// <summary>The texts of the newest messages.</summary>
    public async Task<string> TextsAsync(string room)
    {
        var reply = await DoAsync("history", new { room });
        return string.Join('|', reply.GetProperty("messages").EnumerateArray()
            .Where(message => !message.TryGetProperty("notice", out _)).Select(message => message.GetProperty("text").GetString()));
    }
}
