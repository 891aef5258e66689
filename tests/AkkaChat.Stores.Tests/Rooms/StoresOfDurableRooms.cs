using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Stores.Tests.Rooms;

public sealed class MemoryDurableRoomTests() : DurableRoomTests(new MemorySource());

public sealed class SqliteDurableRoomTests() : DurableRoomTests(new SqliteSource());

[Collection(PostgreSqlTests.Name)]
public sealed class PostgreSqlDurableRoomTests(PostgreSqlServer server) : DurableRoomTests(new PostgreSqlSource(server));
