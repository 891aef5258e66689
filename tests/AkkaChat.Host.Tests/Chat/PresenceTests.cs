using AkkaChat.Host.Chat;

namespace AkkaChat.Host.Tests.Chat;

public sealed class PresenceTests
{
    private readonly Presence _presence = new();

    [Fact]
    public void A_name_belongs_to_one_connection_whatever_its_case()
    {
        Assert.True(_presence.Admit(new Person("s1", "Ana", "client-a")).IsAccepted);
        Assert.False(_presence.Admit(new Person("s2", "ANA", "client-b")).IsAccepted);
        Assert.False(_presence.Admit(new Person("s3", "ana", null)).IsAccepted);
        Assert.True(_presence.Admit(new Person("s4", "Ben", "client-b")).IsAccepted);
    }

    [Fact]
    public void A_name_is_free_again_when_its_connection_has_gone()
    {
        _presence.Admit(new Person("s1", "Ana", null));
        Assert.NotNull(_presence.Release("s1"));
        Assert.Null(_presence.Release("s1"));
        Assert.True(_presence.Admit(new Person("s2", "Ana", null)).IsAccepted);
    }

    [Fact]
    public void The_same_client_takes_its_name_over_and_its_earlier_connection_is_out_of_all_rooms()
    {
        _presence.Admit(new Person("s1", "Ana", "client-a"));
        _presence.Enter("s1", "lobby");
        _presence.Enter("s1", "help");

        var admission = _presence.Admit(new Person("s2", "Ana", "client-a"));

        Assert.True(admission.IsAccepted);
        Assert.Equal("s1", admission.Replaced!.Person.SocketId);
        Assert.Equal(["help", "lobby"], admission.Replaced.Rooms.Select(room => room.Room).Order());
        Assert.Empty(_presence.Counts(10));
        Assert.Null(_presence.Release("s1"));
        Assert.True(_presence.Admit(new Person("s3", "Anna", "client-a")).IsAccepted);
        Assert.True(_presence.Admit(new Person("s4", "Ana", "client-x")).IsAccepted);
    }

    [Fact]
    public void Who_is_not_connected_any_more_can_neither_enter_nor_speak()
    {
        _presence.Admit(new Person("s1", "Ana", "client-a"));
        _presence.Enter("s1", "lobby");
        _presence.Admit(new Person("s2", "Ana", "client-a"));

        Assert.NotNull(_presence.Enter("s1", "lobby").Error);
        Assert.Null(_presence.Speaker("s1", "lobby"));
        Assert.Null(_presence.Leave("s1", "lobby"));
        Assert.Empty(_presence.Look("lobby").Members);
    }

    [Fact]
    public void Rooms_that_differ_in_case_are_one_spelled_as_the_first_did()
    {
        Admit("s1", "Ana");
        Admit("s2", "Ben");
        Assert.Equal("Lobby", _presence.Enter("s1", "Lobby").Room!.Room);
        Assert.Equal("Lobby", _presence.Enter("s2", "LOBBY").Room!.Room);
        Assert.Equal("Lobby", _presence.Speaker("s2", "lobby")!.Value.Room);
        Assert.Equal(ChatRooms.KeyOf("Lobby"), ChatRooms.KeyOf("lobby"));
    }

    [Fact]
    public void Only_who_is_in_a_room_speaks_there()
    {
        Admit("s1", "Ana");
        Admit("s2", "Ben");
        _presence.Enter("s1", "lobby");
        Assert.NotNull(_presence.Speaker("s1", "lobby"));
        Assert.Null(_presence.Speaker("s2", "lobby"));
        _presence.Leave("s1", "lobby");
        Assert.Null(_presence.Speaker("s1", "lobby"));
    }

    [Fact]
    public void To_enter_again_changes_nothing_and_every_change_has_a_higher_version()
    {
        Admit("s1", "Ana");
        Admit("s2", "Ben");
        var first = _presence.Enter("s1", "lobby");
        var again = _presence.Enter("s1", "lobby");
        var second = _presence.Enter("s2", "lobby");
        var left = _presence.Leave("s1", "lobby")!.Rooms[0];

        Assert.True(first.IsNew);
        Assert.False(again.IsNew);
        Assert.Equal(first.Room!.Version, again.Room!.Version);
        Assert.True(second.Room!.Version > first.Room.Version);
        Assert.True(left.Version > second.Room.Version);
        Assert.Equal(["Ben"], left.Members.Select(member => member.Name));
    }

    [Fact]
    public void Nobody_is_in_more_than_fifty_rooms()
    {
        Admit("s1", "Ana");
        for (var i = 0; i < ChatRules.MaxRoomsPerPerson; i++)
        {
            Assert.Null(_presence.Enter("s1", $"room {i}").Error);
        }

        Assert.Contains("50 rooms", _presence.Enter("s1", "one more").Error);
        Assert.Null(_presence.Enter("s1", "room 0").Error);
    }

    [Fact]
    public void A_room_is_counted_while_somebody_is_in_it_the_fullest_first()
    {
        Admit("s1", "Ana");
        Admit("s2", "Ben");
        _presence.Enter("s1", "help");
        _presence.Enter("s1", "lobby");
        _presence.Enter("s2", "lobby");
        Assert.Equal([("lobby", 2), ("help", 1)], _presence.Counts(10).Select(count => (count.Room, count.Members)));
        Assert.Single(_presence.Counts(1));
        _presence.Release("s1");
        Assert.Equal([("lobby", 1)], _presence.Counts(10).Select(count => (count.Room, count.Members)));
    }

    private void Admit(string socketId, string name) => _presence.Admit(new Person(socketId, name, null));
}
