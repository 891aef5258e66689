using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

[Collection(PostgreSqlTests.Name)]
public sealed class MessagePostgreSqlTests(PostgreSqlServer server) : MessageTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class CarriedFilePostgreSqlTests(PostgreSqlServer server) : CarriedFileTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class RoomPostgreSqlTests(PostgreSqlServer server) : RoomTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class CatchUpPostgreSqlTests(PostgreSqlServer server) : CatchUpTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class MemberPostgreSqlTests(PostgreSqlServer server) : MemberTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class RoomLimitPostgreSqlTests(PostgreSqlServer server) : RoomLimitTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class VisitPostgreSqlTests(PostgreSqlServer server) : VisitTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class RedactionPostgreSqlTests(PostgreSqlServer server) : RedactionTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}

[Collection(PostgreSqlTests.Name)]
public sealed class InterruptionPostgreSqlTests(PostgreSqlServer server) : InterruptionTests
{
    private protected override async Task<ChatWorld> StartAsync() => await ChatWorld.StartAsync(await server.CreateDatabaseAsync());
}
