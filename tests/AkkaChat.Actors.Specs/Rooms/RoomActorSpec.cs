using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaChat.Delivery;
using AkkaChat.Rooms;
using AkkaChat.Tests.Support;

namespace AkkaChat.Specs.Rooms;

/// <summary>Rooms and their namespace as actors, with members that only keep what they get.</summary>
public sealed class RoomActorSpec : TestKit
{
    private readonly AkkaChatServer _server = TestServer.Create();
    private readonly RecordingMember _ann = new("ann");
    private readonly RecordingMember _bob = new("bob");
    private readonly IActorRef _namespace;

    public RoomActorSpec()
        : base("akka.loglevel = OFF\nakka.stdout-loglevel = OFF") =>
        _namespace = Sys.ActorOf(NamespaceActor.Props(new RecordingHome(Roster)));

    private Selection Everybody => _server.Main.Everybody;

    [Fact]
    public async Task Members_get_what_is_published_between_their_join_and_their_leave()
    {
        await JoinAsync(_ann);
        await PublishAsync("1");
        await JoinAsync(_bob);
        await PublishAsync("2");
        await LeaveAsync(_ann);
        await PublishAsync("3");

        Assert.Equal(["41", "42"], _ann.Received);
        Assert.Equal(["42", "43"], _bob.Received);
    }

    [Fact]
    public async Task All_members_see_one_order_under_concurrent_publishers()
    {
        await JoinAsync(_ann);
        await JoinAsync(_bob);
        await Limit.RunAtOnce(4, number =>
        {
            for (var round = 0; round < 500; round++)
            {
                _ = Publish($"{number}:{round}");
            }
        });
        await PublishAsync("end");

        Assert.Equal(2001, _ann.Received.Length);
        Assert.Equal(_ann.Received, _bob.Received);
    }

    [Fact]
    public async Task A_publish_to_a_room_without_members_completes()
    {
        await PublishAsync("nobody");
        await LeaveAsync(_ann);
        Assert.Empty(Sys.FindRooms(_namespace));
    }

    [Fact]
    public async Task Design_5_5_a_member_that_fails_fails_that_publish_and_costs_nobody_else_anything()
    {
        _bob.FailsAt = text => text == "4poison";
        await JoinAsync(_ann);
        await JoinAsync(_bob);
        await PublishAsync("1");
        await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync("poison"));
        await PublishAsync("2");

        Assert.Equal(["41", "42"], _bob.Received);
        Assert.Equal(["41", "42"], _ann.Received.Where(text => text != "4poison"));
    }

    [Fact]
    public async Task Design_5_5_after_a_restart_the_members_are_those_whose_own_lists_say_so()
    {
        _bob.FailsAt = text => text == "4poison";
        await JoinAsync(_ann);
        await JoinAsync(_bob);
        _ann.Rooms.Clear();
        await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync("poison"));
        await PublishAsync("2");

        Assert.DoesNotContain("42", _ann.Received);
        Assert.Equal(["42"], _bob.Received);
    }

    [Fact]
    public async Task Design_5_5_messages_that_wait_in_a_room_that_fails_keep_their_order()
    {
        _bob.FailsAt = text => text.StartsWith("4poison", StringComparison.Ordinal);
        await JoinAsync(_ann);
        await JoinAsync(_bob);
        var failing = new List<Task>();
        var numbers = new List<string>();
        for (var number = 0; number < 300; number++)
        {
            if (number % 50 == 25)
            {
                failing.Add(Publish($"poison {number}"));
            }
            else
            {
                _ = Publish($"{number}");
                numbers.Add($"4{number}");
            }
        }

        await PublishAsync("end");
        Assert.Equal([.. numbers, "4end"], _bob.Received);
        Assert.All(failing, task => Assert.True(task.IsFaulted));
    }

    [Fact]
    public async Task Design_5_5_a_failing_room_leaves_other_rooms_alone()
    {
        _bob.FailsAt = text => text == "4poison";
        await JoinAsync(_bob);
        await JoinAsync(_ann, "other");
        var failing = Publish("poison");
        await PublishAsync("fine", "other");

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.EndInTime());
        Assert.Equal(["4fine"], _ann.Received);
    }

    [Fact]
    public async Task An_empty_room_stops_and_starts_again_at_the_next_join()
    {
        await JoinAsync(_ann);
        var first = Assert.Single(Sys.FindRooms(_namespace));
        Watch(first);
        await LeaveAsync(_ann);
        ExpectTerminated(first);

        await JoinAsync(_bob);
        await PublishAsync("1");
        Assert.Equal(["41"], _bob.Received);
        Assert.Empty(_ann.Received);
    }

    [Fact]
    public async Task A_room_that_is_empty_after_a_restart_stops_too()
    {
        _bob.FailsAt = _ => true;
        await JoinAsync(_bob);
        var room = Assert.Single(Sys.FindRooms(_namespace));
        Watch(room);
        _bob.Rooms.Clear();
        await Assert.ThrowsAsync<InvalidOperationException>(() => PublishAsync("poison"));

        ExpectTerminated(room);
    }

    [Fact]
    public async Task Joins_that_race_with_the_stop_of_the_room_are_not_lost()
    {
        for (var round = 0; round < 2000; round++)
        {
            await JoinAsync(_ann);
            _ = Leave(_ann);
            _ = Join(_bob);
            _ = Publish($"{round}");
            await Leave(_bob).EndInTime();
        }

        Assert.Equal(Enumerable.Range(0, 2000).Select(round => $"4{round}"), _bob.Received);
        Assert.Empty(_ann.Received);
    }

    [Fact]
    public async Task Members_that_come_and_go_at_once_each_get_all_that_was_published_while_they_were_in()
    {
        var members = Enumerable.Range(0, 4).Select(number => new RecordingMember($"m{number}")).ToArray();
        await Limit.RunAtOnce(members.Length, number =>
        {
            for (var round = 0; round < 1000; round++)
            {
                // Told from one thread, so in this order; the room stops and starts all the time.
                _ = Join(members[number]);
                _ = Publish($"{number}:{round}");
                _ = Leave(members[number]);
            }
        });
        await Task.WhenAll(members.Select(member => Leave(member).EndInTime()));
        await PublishAsync("end");

        for (var number = 0; number < members.Length; number++)
        {
            Assert.Equal(
                Enumerable.Range(0, 1000).Select(round => $"4{number}:{round}"),
                members[number].Received.Where(text => text.StartsWith($"4{number}:", StringComparison.Ordinal)));
        }
    }

    protected override void AfterAll()
    {
        _server.Dispose();
        base.AfterAll();
    }

    private IEnumerable<IRoomMember> Roster(RoomName room) =>
        new[] { _ann, _bob }.Where(member => member.IsIn(room.Value!));

    private Task Join(RecordingMember member, string room = "room")
    {
        member.Rooms.Add(room);
        return Tell(operation => new RoomMessages.Join(new RoomName(room), member, operation));
    }

    private Task Leave(RecordingMember member, string room = "room")
    {
        member.Rooms.Remove(room);
        return Tell(operation => new RoomMessages.Leave(new RoomName(room), member, operation));
    }

    private Task Publish(string text, string room = "room")
    {
        var publication = new Publication((Selection)Everybody.To(room), Wire.Pack(text));
        _namespace.Tell(new RoomMessages.Visit(new RoomName(room), publication), ActorRefs.NoSender);
        return publication.Task;
    }

    private Task Tell(Func<Operation, RoomMessages.RoomMessage> create)
    {
        var operation = new Unawaited();
        _namespace.Tell(create(operation), ActorRefs.NoSender);
        return operation.Task;
    }

    private Task JoinAsync(RecordingMember member, string room = "room") => Join(member, room).EndInTime();

    private Task LeaveAsync(RecordingMember member, string room = "room") => Leave(member, room).EndInTime();

    private Task PublishAsync(string text, string room = "room") => Publish(text, room).EndInTime();
}

internal static class RoomsOfNamespace
{
    /// <summary>The room actors of a namespace that live now.</summary>
    public static IReadOnlyList<IActorRef> FindRooms(this ActorSystem system, IActorRef @namespace) =>
        [.. ((ActorRefWithCell)@namespace).Children];
}

/// <summary>A namespace whose sockets' lists are the test's.</summary>
internal sealed class RecordingHome(Func<RoomName, IEnumerable<IRoomMember>> roster) : IRoomHome
{
    public IEnumerable<IRoomMember> Roster(RoomName room) => roster(room);

    public void Observe(RoomEventKind kind, RoomName room, string? socketId)
    {
        // Nobody watches in these tests.
    }
}
