using AkkaChat.Host.Chat;
using AkkaChat.Host.Http;
using AkkaChat.Host.Messages;
using AkkaChat.Host.Rooms;

namespace AkkaChat.Host.Transfer;

/// <summary>
/// Makes rooms of archives. Messages go the way of all others, through the room's log; nobody but the importer knows of the
/// room before all of it is there.
/// </summary>
internal sealed class RoomImport(
    RoomStore rooms, MemberStore members, ImportedPeople people, RoomChanges changes, MessageProjector projector, RoomAnnouncer announcer,
    RoomRemoval removal)
{
    private const int AtOnce = 500;

    /// <summary>Makes the room, which belongs to the importer.</summary>
    /// <exception cref="ChatRefusal">It is no archive that can be imported; the message says why.</exception>
    public async Task<MyRoom> ImportAsync(RoomArchive<List<ArchivedMessage>> archive, string importer)
    {
        var name = Check(archive);
        var ids = await people.MapAsync(archive.People);

        // Private as long as it is not complete: somebody who comes in and writes would take the places of its messages.
        var room = await rooms.CreateAsync(RoomKind.Private, name, ChatRules.ReadTopic(archive.Room.Topic)!, null, importer, [importer]);
        try
        {
            await PublishAsync(room.Id, archive.Messages, ids);
            room = archive.Room.Kind == RoomKind.Public ? await OpenAsync(room) : room;
            await AddPeopleAsync(room.Id, archive.People, ids, importer);
        }
        catch (Exception)
        {
            // Half a room is of no use to anybody, and would be in the way of the next try.
            await removal.RemoveAsync(room);
            throw;
        }

        await announcer.IntroduceAsync(room.Id, importer);
        await announcer.ListedAsync(room);
        return (await members.RoomsOfAsync(importer, room.Id))[0];
    }

    private async Task AddPeopleAsync(
        string room, IReadOnlyList<ArchivedPerson> archived, Dictionary<string, string> ids, string importer)
    {
        foreach (var person in archived.Where(person => RoomRole.IsKnown(person.Role) && ids[person.Id] != importer))
        {
            await members.AddAsync(room, ids[person.Id], person.Role!);
            await announcer.IntroduceAsync(room, ids[person.Id]);
        }
    }

    private static string Check(RoomArchive<List<ArchivedMessage>> archive)
    {
        if (archive.Version != RoomArchive<object>.KnownVersion)
        {
            throw Invalid($"The archive has version {archive.Version}; this program reads version {RoomArchive<object>.KnownVersion}.");
        }

        if (archive.Room.Kind is not (RoomKind.Public or RoomKind.Private))
        {
            throw Invalid("Only public and private rooms can be imported.");
        }

        var known = archive.People.Where(IsSound).Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        var isSound = known.Count == archive.People.Count
            && archive.Messages.All(message => IsSound(message, known));
        return isSound && ChatRules.ReadTopic(archive.Room.Topic) is not null
            ? ChatRules.ReadRoom(archive.Room.Name) ?? throw Invalid("The archive's room has no name that a room can have.")
            : throw Invalid("The archive is damaged: people or messages in it are not as an export writes them.");
    }

    private static bool IsSound(ArchivedPerson person) =>
        person is { Id.Length: > 0 } && TypedText.IsStorable(person.Id) && ChatRules.ReadName(person.Name) is not null;

    private static bool IsSound(ArchivedMessage message, HashSet<string> people) =>
        people.Contains(message.By)
        && ChatRules.IsTextOrNothing(message.Text)
        && (message.Reactions ?? []).All(kind => ChatRules.IsEmoji(kind.Emoji) && kind.By.All(people.Contains));

    private static ChatRefusal Invalid(string message) => new(ChatRefusal.Invalid, message);

    /// <summary>Makes the room public, by a name that no other public room has.</summary>
    private async Task<RoomRow> OpenAsync(RoomRow room)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? room.Name : $"{TypedText.BeginOf(room.Name, ChatRules.MaxRoomLength - 5)} ({number})";
            var key = RoomStore.PublicKeyOf(name);
            if (await rooms.FindByKeyAsync(key) is null)
            {
                var opened = room with { Kind = RoomKind.Public, Name = name, UniqueKey = key };
                await rooms.OpenAsync(opened);
                return opened;
            }
        }
    }

    /// <summary>
    /// Nobody else writes into the room, so each message's offset is known before: answers can name those before them.
    /// </summary>
    private async Task PublishAsync(string room, List<ArchivedMessage> messages, IReadOnlyDictionary<string, string> people)
    {
        var written = new Dictionary<long, (long Id, ArchivedMessage Message)>();
        var pending = new List<Task<LogPosition>>();
        long offset = 0;

        // What is published at once keeps its order only if nothing has to be waited for first.
        await projector.ReadyAsync(room);
        foreach (var message in messages)
        {
            written[message.Id] = (++offset, message);
            pending.Add(changes.PublishAsync(room, ArchivedChanges.Said(message, people, written)));
            foreach (var reaction in ArchivedChanges.Reactions(message, written[message.Id].Id, people))
            {
                offset++;
                pending.Add(changes.PublishAsync(room, reaction));
            }

            if (pending.Count >= AtOnce)
            {
                await CompleteAsync(room, pending, offset);
            }
        }

        await CompleteAsync(room, pending, offset);
    }

    private async Task CompleteAsync(string room, List<Task<LogPosition>> pending, long expected)
    {
        var positions = await Task.WhenAll(pending);
        if (positions.Length > 0 && positions[^1].Offset != expected)
        {
            throw new InvalidOperationException($"The log of the new room {room} has an offset {positions[^1].Offset} where {expected} was to be.");
        }

        pending.Clear();
        await projector.SettleAsync(room);
    }
}
