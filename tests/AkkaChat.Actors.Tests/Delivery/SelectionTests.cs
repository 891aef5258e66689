using AkkaChat.Delivery;
using AkkaChat.Rooms;
using AkkaChat.Sockets;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

public sealed class SelectionTests : IDisposable
{
    private readonly AkkaChatServer _server = TestServer.Create();
    private readonly string _id = SocketId.New("abcdefgh");

    private Selection Everybody => ((Namespace)_server.Of("/")).Everybody;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Of_a_namespace_it_is_the_room_of_everyone()
    {
        Assert.Equal([RoomName.Everyone], Everybody.TargetRooms());
        Assert.Equal(RoomName.Everyone, Everybody.OnlyRoom);
    }

    [Fact]
    public void Calls_of_To_add_up_and_each_name_counts_once()
    {
        var selection = Select("a", "b", "a").To("b", "c");

        Assert.Equal(["a", "b", "c"], ((Selection)selection).TargetRooms().Select(room => room.Value));
        Assert.Null(((Selection)selection).OnlyRoom);
    }

    [Fact]
    public void Design_5_6_an_empty_list_reaches_nobody()
    {
        Assert.Empty(Select().TargetRooms());
        Assert.Empty(Select().TargetSockets());
        Assert.Null(Select().OnlyRoom);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Design_5_6_an_empty_or_missing_name_throws(string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Everybody.To("a", name!));
        Assert.ThrowsAny<ArgumentException>(() => Everybody.Except(name!));
        Assert.ThrowsAny<ArgumentException>(() => Everybody.To(null!));
    }

    [Fact]
    public void It_never_changes()
    {
        var one = Everybody.To("a");
        var two = one.To("b").Except("c").Volatile;

        Assert.Equal(["a"], ((Selection)one).Names!);
        Assert.Empty(((Selection)one).Exceptions);
        Assert.False(((Selection)one).Options.IsVolatile);
        Assert.True(((Selection)two).Options.IsVolatile);
    }

    [Fact]
    public void A_socket_id_is_no_room()
    {
        Assert.Empty(Select(_id).TargetRooms());
        Assert.Null(Select(_id).OnlyRoom);
        Assert.Equal(["a"], Select(_id, "a").TargetRooms().Select(room => room.Value));
    }

    [Fact]
    public void Only_one_room_makes_pipelining_possible()
    {
        Assert.Equal(new RoomName("a"), Select("a").OnlyRoom);
        Assert.Null(Select("a", _id).OnlyRoom);
    }

    [Fact]
    public void Design_5_4_Except_wins_over_To()
    {
        var selection = (Selection)Everybody.To("a").Except("b", "x");

        Assert.False(selection.Excludes(new RecordingMember("1", "a")));
        Assert.True(selection.Excludes(new RecordingMember("2", "a", "b")));
        Assert.True(selection.Excludes(new RecordingMember("x", "a")));
    }

    [Fact]
    public void What_is_local_is_nothing_for_other_nodes()
    {
        var packet = Wire.Pack("x");

        Assert.NotNull(new Publication(Select("a", _id), packet).Describe());
        Assert.Null(new Publication((Selection)Select("a", _id).Local, packet).Describe());
    }

    [Fact]
    public void Ids_of_other_nodes_are_kept_apart_by_node_and_count_as_one_more_copy()
    {
        var (other, own) = (SocketId.New("abcdefgh"), SocketId.New(_server.Incarnation));
        var selection = Select("a", _id, other, own, SocketId.New("12345678"));

        Assert.Equal(["12345678", "abcdefgh"], selection.TargetsElsewhere().Keys.Order(StringComparer.Ordinal));
        Assert.Equal([_id, other], selection.TargetsElsewhere()["abcdefgh"]);
        Assert.Equal(2, new Publication(selection, Wire.Pack("x")).Describe()!.Union!.Value.Copies);
        Assert.Null(new Publication(Select(_id), Wire.Pack("x")).Describe()!.Union);
    }

    private Selection Select(params string[] names) => (Selection)Everybody.To(names);
}
