using AkkaChat.Host.Accounts;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Transfer;

/// <summary>Writes rooms as archives.</summary>
internal sealed class RoomExport(ChatDatabase database, MemberStore members, MessageStore messages, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>The room as it is now. Its messages are read while they are written, a page at a time.</summary>
    public async Task<RoomArchive<IAsyncEnumerable<ArchivedMessage>>> ExportAsync(RoomRow room)
    {
        var roles = (await members.OfRoomAsync(room.Id)).ToDictionary(member => member.Id, member => member.Role, StringComparer.Ordinal);
        var people = await PeopleAsync(room.Id);
        return new RoomArchive<IAsyncEnumerable<ArchivedMessage>>
        {
            Version = RoomArchive<object>.KnownVersion,
            ExportedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Room = new ArchivedRoom(room.Kind, room.Name, room.Topic, room.CreatedAt),
            People = people.ConvertAll(person => new ArchivedPerson(person.Id, Person.Of(person).Name, roles.GetValueOrDefault(person.Id))),
            Messages = MessagesAsync(room.Id),
        };
    }

    private Task<List<Account>> PeopleAsync(string room) => database.ReadAsync(session => session.QueryAsync<Account>(
        """
        SELECT * FROM accounts WHERE id IN (
            SELECT account_id FROM members WHERE room_id = @room UNION SELECT author_id FROM messages WHERE room_id = @room
            UNION SELECT account_id FROM reactions WHERE room_id = @room)
        ORDER BY name_key
        """,
        new { room }));

    private async IAsyncEnumerable<ArchivedMessage> MessagesAsync(string room)
    {
        long last = 0;
        while (true)
        {
            var page = await messages.HistoryAsync(room, new HistoryRange(null, last, null, null, PageSize), reader: "");
            foreach (var message in page.Messages)
            {
                yield return ArchivedMessage.Of(message);
            }

            if (!page.Newer)
            {
                yield break;
            }

            last = page.Messages[^1].Id!.Value;
        }
    }
}
