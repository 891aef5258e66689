using AkkaChat.Sockets;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sockets;

public class RoomCensusTests
{
    private readonly RoomCensus _census = new();

    [Fact]
    public void A_room_is_there_as_long_as_somebody_is_in_it()
    {
        _census.Add("a");
        _census.Add("a");
        _census.Add("b");
        _census.Remove("a");
        _census.Remove("b");
        _census.Remove("never");

        Assert.Equal([new RoomInfo("a", 1)], _census.List(null, "", 10));
        Assert.Equal(1, _census.Count);
    }

    [Fact]
    public void A_page_has_the_first_names_behind_the_last_page_in_ordinal_order()
    {
        foreach (var name in new[] { "é", "b", "B", "a", "c" })
        {
            _census.Add(name);
        }

        Assert.Equal(["B", "a"], Names(null, "", 2));
        Assert.Equal(["b", "c"], Names("a", "", 2));
        Assert.Equal(["é"], Names("c", "", 2));
        Assert.Empty(Names("é", "", 2));
    }

    [Fact]
    public void A_prefix_is_compared_character_by_character_and_rooms_of_the_server_are_no_rooms()
    {
        foreach (var name in new[] { "chat/1", "Chat/2", "chat/3", "\0ann" })
        {
            _census.Add(name);
        }

        Assert.Equal(["chat/1", "chat/3"], Names(null, "chat/", 10));
        Assert.Equal(3, _census.List(null, "", 10).Count);
        Assert.Equal(3, _census.Count);
    }

    [Fact]
    public async Task Threads_that_come_and_go_leave_nothing_behind()
    {
        await Limit.RunAtOnce(4, _ =>
        {
            for (var round = 0; round < 5_000; round++)
            {
                _census.Add("a");
                _census.Remove("a");
            }
        });

        Assert.Empty(_census.List(null, "", 10));
    }

    private IEnumerable<string> Names(string? after, string prefix, int limit) => _census.List(after, prefix, limit).Select(room => room.Name);
}
